package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

final class MessageSignaturePropertiesTest {
    @Property(tries = 2_000)
    void anythingIsRead(@ForAll @StringLength(max = 200) @CharRange(from = ' ', to = '~') String text) {
        assertThat(MessageSignature.parse("sig1=" + text, "sig1=:AAAA:", MessageSignatureTest.HOME))
                .satisfiesAnyOf(
                        read -> assertThat(read).isNull(),
                        read -> assertThat(read.keyId()).isNotEmpty());
        assertThat(MessageSignature.parse("sig1=" + MessageSignatureTest.INPUT, text, MessageSignatureTest.HOME))
                .satisfiesAnyOf(
                        read -> assertThat(read).isNull(),
                        read -> assertThat(read.signature()).isNotEmpty());
    }
}
