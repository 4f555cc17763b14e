package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

final class AcceptHeadersPropertiesTest {
    @Property(tries = 2_000)
    void anythingIsRead(@ForAll @StringLength(max = 300) String header) {
        assertThat(AcceptHeaders.of(header)).hasSizeLessThanOrEqualTo(32).doesNotContain("");
    }

    @Property
    void whatIsOfferedAloneIsPreferred(@ForAll @AlphaChars @StringLength(min = 1) String word) {
        assertThat(AcceptHeaders.of(word)).isEqualTo(List.of(word.toLowerCase(Locale.ROOT)));
    }
}
