package org.undersigned.server.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which `Last-Modified` dates prove that a client already has the current response.
final class CachedResponsesTest {
    private static final Instant NOON = Instant.parse("2040-11-10T12:00:00Z");
    private static final Representation TEXT = Representation.of("text/plain", CachePolicy.REVALIDATE);

    private Instant now = NOON;
    private final CachedResponses responses = new CachedResponses(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    private CachedResponses.Body body(String text, Instant asOf) {
        return responses.body("/x", TEXT, text.getBytes(UTF_8), asOf);
    }

    private static Instant date(CachedResponses.Body body) {
        return HttpDate.read(body.lastModified.get(), NOON).orElseThrow();
    }

    @Test
    void whatIsNewIsNotTakenForWhatWasThereASecondBefore() {
        var first = body("one", now);
        now = NOON.plusSeconds(1);
        var second = body("two", now);

        assertThat(first.isFrom(date(first))).isTrue();
        assertThat(second.isFrom(date(first))).isFalse();
        assertThat(second.isFrom(date(second))).isTrue();
    }

    @Test
    void aDateDoesNotDistinguishTwoVersionsOfOneSecond() {
        var first = body("one", now);
        now = NOON.plusMillis(300);
        var second = body("two", now);

        assertThat(date(second)).isEqualTo(date(first));
        assertThat(second.isFrom(date(first))).isFalse();

        now = NOON.plusSeconds(2); // the same bytes, created again
        var again = body("two", now);
        assertThat(again.isFrom(date(first))).isFalse();
        assertThat(again.isFrom(date(again))).isTrue();
    }

    @Test
    void anOlderVersionFinishedLaterDoesNotMatchTheNewerOne() {
        var early = now;
        now = NOON.plusSeconds(5);
        var newer = body("two", now);
        now = NOON.plusSeconds(9);
        var slow = body("one", early);

        assertThat(newer.isFrom(date(slow))).isFalse();
        assertThat(body("two", now).isFrom(date(slow))).isFalse();
        assertThat(body("two", now).isFrom(date(newer))).isTrue();
    }

    @Test
    void noDateOfBeforeTheClockWasSetBackStandsForWhatCameAfter() {
        var before = body("one", now);
        now = NOON.minusSeconds(600); // the clock is set back
        var after = body("two", now);

        assertThat(date(after)).as("not after the date of the answer").isEqualTo(now);
        assertThat(after.isFrom(date(before))).isFalse();
        now = NOON.plusSeconds(60); // the clock has passed the earlier time again
        assertThat(body("two", now).isFrom(date(before))).isFalse();
        assertThat(body("two", now).isFrom(now)).isTrue();
    }

    @Test
    void whatStaysTheSameWhileTheClockIsSetBackHasADateOfNow() {
        var before = body("one", now);
        now = NOON.minusSeconds(600);
        var after = body("one", now);

        assertThat(date(after)).isEqualTo(now);
        assertThat(after.isFrom(date(before))).isTrue();
        assertThat(after.isFrom(now)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sat, 10 Nov 2040 12:00:00 +0300",
                "Sat, 10 Nov 2040 12:00:00",
                "Sun, 10 Nov 2040 12:00:00 GMT",
                "Sat, 31 Feb 2040 12:00:00 GMT",
                "Saturday, 10-Nov-2040 12:00:00 GMT",
                "Sun Nov 10 12:00:00 2040",
                "2040-11-10T12:00:00Z",
                ""
            })
    void whatIsNoDateOfHttpIsNone(String date) {
        assertThat(HttpDate.read(date, NOON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sat, 10 Nov 2040 12:00:00 GMT|2040-11-10T12:00:00Z",
                "Saturday, 10-Nov-40 12:00:00 GMT|2040-11-10T12:00:00Z",
                "Friday, 10-Nov-90 12:00:00 GMT|2090-11-10T12:00:00Z",
                "Sunday, 10-Nov-91 12:00:00 GMT|1991-11-10T12:00:00Z", // not more than 50 years ahead
                "Sat Nov 10 12:00:00 2040|2040-11-10T12:00:00Z",
                "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z"
            })
    void aDateOfHttpHasOneOfThreeForms(String date, Instant moment) {
        assertThat(HttpDate.read(date, NOON)).contains(moment);
    }
}
