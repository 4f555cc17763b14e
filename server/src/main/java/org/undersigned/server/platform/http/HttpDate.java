package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Dates in headers (RFC 9110 §5.6.7): seconds, in GMT, written as `Sun, 06 Nov 1994 08:49:37 GMT`.
final class HttpDate {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    /// One of the two obsolete forms, which a recipient must accept too.
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC);

    private static final AtomicReference<Stamp> NEWEST = new AtomicReference<>(new Stamp(Instant.EPOCH));

    /// A second with its `Date` header, which is serialized once.
    private record Stamp(long second, Header header) {
        Stamp(Instant moment) {
            this(moment.getEpochSecond(), HeaderValues.createCached(HeaderNames.DATE, write(moment)));
        }
    }

    private HttpDate() {}

    static String write(Instant moment) {
        return FORM.format(moment);
    }

    /// Reads a date in one of the three forms; empty if the text has none of them.
    ///
    /// @param now a two-digit year never means a year more than 50 years after `now`
    static Optional<Instant> read(String date, Instant now) {
        return read(date, FORM).or(() -> read(date, rfc850(now))).or(() -> read(date, ASCTIME));
    }

    private static Optional<Instant> read(String date, DateTimeFormatter form) {
        try {
            return Optional.of(ZonedDateTime.parse(date, form).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`
    private static DateTimeFormatter rfc850(Instant now) {
        var first = now.atZone(ZoneOffset.UTC).toLocalDate().minusYears(49);
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, first)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
    }

    /// The `Date` header, from the clock that also gives `Last-Modified`: the server library's own date is up to a
    /// second behind, and no `Last-Modified` may be later than the `Date` (§8.8.2.1).
    static Header of(Clock clock) {
        var now = clock.instant();
        var newest = Objects.requireNonNull(NEWEST.get());
        if (newest.second() == now.getEpochSecond()) return newest.header();
        var fresh = new Stamp(now);
        NEWEST.set(fresh);
        return fresh.header();
    }
}
