package org.undersigned.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreferencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "es-MX,es;q=0.9,en;q=0.8        | es-mx es en",
                "en;q=0.1, es                   | es en",
                "en, es                         | en es",
                "en;q=0, es;q=0.001             | es",
                "gzip;q=0.5;level=9, br;Q=1.000 | br gzip",
                "en;q=2, es;q=-1, fr;q=0.1234   | ''",
                "text/html;level=1;q=0.4        | text/html",
                ",,;q=1, ;                      | ''",
            })
    void rangesComeInTheClientsOrder(String header, String expected) {
        assertThat(String.join(" ", Preferences.of(header))).isEqualTo(expected);
    }

    @Test
    void aListWithoutEndIsReadUpToItsBound() {
        assertThat(Preferences.of("a,".repeat(1_000_000))).hasSize(32);
    }

    @Property(tries = 2_000)
    void anythingIsRead(@ForAll @StringLength(max = 300) String header) {
        assertThat(Preferences.of(header)).hasSizeLessThanOrEqualTo(32).doesNotContain("");
    }

    @Property
    void whatIsOfferedAloneIsPreferred(
            @ForAll @net.jqwik.api.constraints.AlphaChars @StringLength(min = 1) String word) {
        assertThat(Preferences.of(word)).isEqualTo(List.of(word.toLowerCase(java.util.Locale.ROOT)));
    }
}
