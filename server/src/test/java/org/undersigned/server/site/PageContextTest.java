package org.undersigned.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How pages show times.
final class PageContextTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-01T00:30, Eastern Daylight Time",
        "2026-11-01T01:30, Eastern Daylight Time", // this local time occurs twice; the first one
        "2026-11-01T02:30, Eastern Standard Time",
        "2026-03-08T01:00, Eastern Standard Time",
        "2026-03-08T03:00, Eastern Daylight Time"
    })
    void aClockIsCalledWhatItIsAtThatMoment(LocalDateTime moment, String name) {
        var page = TestPages.of("en", "https://x.example");

        assertThat(page.zone(moment.atZone(ZoneId.of("America/New_York")))).isEqualTo(name);
    }
}
