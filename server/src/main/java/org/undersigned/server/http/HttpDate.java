package org.undersigned.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Dates in headers (RFC 9110 §5.6.7): seconds, in GMT, as `Sun, 06 Nov 1994 08:49:37 GMT`.
final class HttpDate {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final AtomicReference<Stamp> NEWEST = new AtomicReference<>(new Stamp(Instant.EPOCH));

    /// A second, written out once.
    private record Stamp(long second, Header header) {
        Stamp(Instant moment) {
            this(moment.getEpochSecond(), HeaderValues.createCached(HeaderNames.DATE, write(moment)));
        }
    }

    private HttpDate() {}

    static String write(Instant moment) {
        return FORM.format(moment);
    }

    /// Empty for what has not exactly this form. The two obsolete ones, which nobody sends, are none.
    static Optional<Instant> read(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, FORM).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// `Date`, by the clock that also says when an answer last changed: the server's own is up to a second behind, and
    /// nothing may have changed after it was sent (§8.8.2.1).
    static Header of(Clock clock) {
        var now = clock.instant();
        var newest = Objects.requireNonNull(NEWEST.get());
        if (newest.second() == now.getEpochSecond()) return newest.header();
        var fresh = new Stamp(now);
        NEWEST.set(fresh);
        return fresh.header();
    }
}
