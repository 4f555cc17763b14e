package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AcceptHeadersTest {
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
        assertThat(String.join(" ", AcceptHeaders.of(header))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*;q=0.5, es;q=0.4              | en",
                "en;q=0, *                      | es",
                "es, *                          | es",
                "*                              | en",
                "fr, es-MX;q=0.1                | es",
                "en;q=0, es;q=0                 | none",
                "fr                             | none",
                "en-GB;q=0.2, es;q=0.3, en;q=0.9 | en",
            })
    void aStarIsEveryLanguageThatIsNotNamed(String header, String expected) {
        assertThat(AcceptHeaders.language(header, List.of("en", "es")).orElse("none"))
                .isEqualTo(expected);
    }

    @Test
    void aListWithoutEndIsReadUpToItsBound() {
        assertThat(AcceptHeaders.of("a,".repeat(1_000_000))).hasSize(32);
    }
}
