package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

final class Rfc9421SignaturePropertiesTest {
    @Property(tries = 2_000)
    void anythingIsRead(@ForAll @StringLength(max = 200) @CharRange(from = ' ', to = '~') String text) {
        assertThat(Rfc9421Signature.parse("sig1=" + text, "sig1=:AAAA:", Rfc9421SignatureTest.HOME))
                .satisfiesAnyOf(
                        read -> assertThat(read).isNull(),
                        read -> assertThat(read.keyId()).isNotEmpty());
        assertThat(Rfc9421Signature.parse("sig1=" + Rfc9421SignatureTest.INPUT, text, Rfc9421SignatureTest.HOME))
                .satisfiesAnyOf(
                        read -> assertThat(read).isNull(),
                        read -> assertThat(read.signature()).isNotEmpty());
    }
}
