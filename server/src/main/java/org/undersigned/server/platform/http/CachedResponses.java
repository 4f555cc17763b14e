package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.undersigned.tlog.Hash;

/// Sends what anybody may have: compressed when the client takes it, not at all when the client has it, and without
/// its bytes when only the headers are asked for. No page holds a secret, so its length tells nothing (BREACH).
///
/// `Last-Modified` is the moment at which this node first had these bytes under this address: never earlier than
/// the change itself, so nobody keeps what is out of date; later after a restart, which costs a transfer. It counts
/// whole seconds: of two forms that were here within one, it tells nothing, and only the tag does.
public final class CachedResponses {
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final int MOST_REMEMBERED = 16_384;
    private static final int SMALLEST_COMPRESSED = 256; // bytes; below, the frame outweighs the gain

    private final Clock clock;
    private final Map<String, Age> ages = Collections.synchronizedMap(new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Age> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    /// @param since what is told as the date of the bytes
    /// @param asOf  of when what the bytes were made from is
    /// @param taken the latest date that was told of other bytes here: no date up to it stands for these
    private record Age(String tag, Instant since, Instant asOf, Instant taken) {
        Age(String tag, Instant since, Instant asOf) {
            this(tag, since, asOf, Instant.MIN);
        }

        /// What becomes of it when bytes come that were made `now`; if that is before it, the clock was set back.
        /// The same once more in a later second are said to be of that one, which no other bytes were.
        Age next(String other, Instant of, Instant now) {
            if (!tag.equals(other)) return new Age(other, now, of, since.isAfter(taken) ? since : taken);
            var same = isTold() && !since.isAfter(now);
            return new Age(tag, same ? since : now, of, taken);
        }

        /// Of older bytes, whose making took longer: said to be from before, and only by their tag to be told.
        Age before(String other) {
            return new Age(other, since.minusSeconds(1), asOf, Instant.MAX);
        }

        private boolean isTold() {
            return since.isAfter(taken);
        }
    }

    public CachedResponses(Clock clock) {
        this.clock = clock;
    }

    /// Bytes as they are sent, in both forms, made once for everybody.
    public static final class Body {
        private final byte[] plain;
        private final byte[] gzip;
        // Each form of the bytes has its own tag (RFC 9110 §8.8.3).
        private final Header plainTag;
        private final Header gzipTag;
        final Header lastModified;
        private final Age age;
        private final Clock clock;

        private Body(byte[] plain, byte[] gzip, Age age, Clock clock) {
            this.plain = plain;
            this.gzip = gzip;
            this.plainTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + age.tag() + "\"");
            this.gzipTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + age.tag() + "-gz\"");
            this.lastModified = HeaderValues.createCached(HeaderNames.LAST_MODIFIED, HttpDate.write(age.since()));
            this.age = age;
            this.clock = clock;
        }

        /// Whether who had this address's bytes of that date has these.
        boolean isFrom(Instant date) {
            return !age.since().isAfter(date) && age.taken().isBefore(date);
        }

        private boolean isCompressible() {
            return gzip.length < plain.length;
        }
    }

    /// Bytes to be sent under an address, made from what is known now.
    ///
    /// @param key the address and whatever else chooses between forms of it
    public Body body(String key, Representation representation, byte[] bytes) {
        return body(key, representation, bytes, clock.instant());
    }

    /// As the other one, of what was known at `asOf`: the making may have taken so long that newer bytes came
    /// first.
    public Body body(String key, Representation representation, byte[] bytes, Instant asOf) {
        var worth = representation.isCompressible() && bytes.length >= SMALLEST_COMPRESSED;
        var tag = Hash.sha256(bytes).hex().substring(0, 20);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var newest = ages.compute(key, (_, known) -> {
            if (known == null) return new Age(tag, now, asOf);
            var late = asOf.isBefore(known.asOf()) && !now.isBefore(known.since());
            return late ? known : known.next(tag, asOf, now);
        });
        var age = newest.tag().equals(tag) ? newest : newest.before(tag);
        return new Body(bytes, worth ? Assets.gzip(bytes) : bytes, age, clock);
    }

    /// Sends an answer that anybody may have, or that it has not changed.
    ///
    /// @throws Problem 412 if only another one is wanted
    public static void send(ServerRequest request, ServerResponse response, Representation representation, Body body) {
        var compressed = body.isCompressible() && Compression.isWanted(request);
        var tag = compressed ? body.gzipTag : body.plainTag;
        if (isAnother(request, tag.get(), body)) throw Problem.changed();
        representation.headers.forEach(response::header);
        response.header(tag).header(body.lastModified).header(HttpDate.of(body.clock));
        if (isKnown(request, tag.get(), body)) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else if (compressed) {
            send(request, response.header(GZIP), body.gzip);
        } else {
            send(request, response, body.plain);
        }
    }

    /// Whether it is not what must be here (RFC 9110 §13.2.2: the tag decides if there is one).
    private static boolean isAnother(ServerRequest request, String tag, Body body) {
        var tags = HeaderLists.of(request, HeaderNames.IF_MATCH);
        if (!tags.isEmpty()) return !EntityTags.matchStrongly(tags, tag);
        return date(request, HeaderNames.IF_UNMODIFIED_SINCE, body)
                .filter(date -> !body.isFrom(date))
                .isPresent();
    }

    /// Whether it is what the asker has; as [#isAnother].
    private static boolean isKnown(ServerRequest request, String tag, Body body) {
        var tags = HeaderLists.of(request, HeaderNames.IF_NONE_MATCH);
        if (!tags.isEmpty()) return EntityTags.match(tags, tag);
        return date(request, HeaderNames.IF_MODIFIED_SINCE, body)
                .filter(body::isFrom)
                .isPresent();
    }

    /// Empty also for what is no date: it is as if it were not there (§13.1.3, §13.1.4).
    private static Optional<Instant> date(ServerRequest request, HeaderName name, Body body) {
        return request.headers().first(name).flatMap(date -> HttpDate.read(date, body.clock.instant()));
    }

    /// Sends bytes, or for a HEAD their number only. Everything that answers a GET goes through here.
    public static void send(ServerRequest request, ServerResponse response, byte[] bytes) {
        if (request.prologue().method() == Method.HEAD) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
            response.send();
        } else {
            response.send(bytes);
        }
    }
}
