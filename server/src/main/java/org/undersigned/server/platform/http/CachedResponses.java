package org.undersigned.server.platform.http;

import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import org.undersigned.tlog.Hash;

/// Sends public responses: compressed if the client accepts it, without a body (304) if the client already has it,
/// and headers only for HEAD. No page holds a secret, so its compressed length reveals nothing (BREACH).
///
/// `Last-Modified` is the moment at which this node first had these bytes under this address. It is never earlier
/// than the change itself, so no client keeps outdated bytes. After a restart it is later, which costs one
/// transfer. It counts whole seconds: it does not distinguish two versions that were here within one second; only
/// the entity tag does.
public final class CachedResponses {
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final int MAX_REMEMBERED = 16_384;
    private static final int SMALLEST_COMPRESSED = 256; // bytes; below this, the gzip header outweighs the gain

    private final Clock clock;
    private final ConcurrentMap<String, Version> versions = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .<String, Version>build()
            .asMap();

    /// The bytes under one key, and the dates that may be sent for them.
    ///
    /// @param since the date that is sent as `Last-Modified` of these bytes
    /// @param asOf  the moment of the data from which the bytes were made
    /// @param otherLatest the latest date sent for other bytes under this key: no date up to it identifies these
    ///     bytes
    private record Version(String tag, Instant since, Instant asOf, Instant otherLatest) {
        Version(String tag, Instant since, Instant asOf) {
            this(tag, since, asOf, Instant.MIN);
        }

        /// The state after bytes with the tag `other`, made from data of the moment `of`, arrive at `now`.
        /// Different bytes get the date `now`. The same bytes keep their date, except in two cases: other bytes
        /// were sent with that date too, or the date is after `now` because the clock was set back. Then they
        /// get the date `now`; in a later second no other bytes had that date.
        Version next(String other, Instant of, Instant now) {
            if (!tag.equals(other))
                return new Version(other, now, of, since.isAfter(otherLatest) ? since : otherLatest);
            var same = isTold() && !since.isAfter(now);
            return new Version(tag, same ? since : now, of, otherLatest);
        }

        /// The state for older bytes that took longer to make. Their date is one second before that of the
        /// newer bytes, and only their tag identifies them.
        Version before(String other) {
            return new Version(other, since.minusSeconds(1), asOf, Instant.MAX);
        }

        private boolean isTold() {
            return since.isAfter(otherLatest);
        }
    }

    public CachedResponses(Clock clock) {
        this.clock = clock;
    }

    /// The bytes of a response, plain and compressed, made once for all clients.
    public static final class Body {
        private final byte[] plain;
        private final byte[] gzip;
        // Each form of the bytes has its own tag (RFC 9110 §8.8.3).
        private final Header plainTag;
        private final Header gzipTag;
        final Header lastModified;
        private final Version age;
        private final Clock clock;

        private Body(byte[] plain, byte[] gzip, Version age, Clock clock) {
            this.plain = plain;
            this.gzip = gzip;
            this.plainTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + age.tag() + "\"");
            this.gzipTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + age.tag() + "-gz\"");
            this.lastModified = HeaderValues.createCached(HeaderNames.LAST_MODIFIED, HttpDate.write(age.since()));
            this.age = age;
            this.clock = clock;
        }

        /// True if a client that got this address's bytes at `date` has these bytes.
        boolean isFrom(Instant date) {
            return !age.since().isAfter(date) && age.otherLatest().isBefore(date);
        }

        private boolean isCompressible() {
            return gzip.length < plain.length;
        }
    }

    /// Makes the body for an address from the data of this moment.
    ///
    /// @param key the address and everything else that selects one of its forms
    public Body body(String key, Representation representation, byte[] bytes) {
        return body(key, representation, bytes, clock.instant());
    }

    /// Like the method above, for bytes made from the data of `asOf`: making them may have taken so long that newer
    /// bytes came first.
    public Body body(String key, Representation representation, byte[] bytes, Instant asOf) {
        var worth = representation.isCompressible() && bytes.length >= SMALLEST_COMPRESSED;
        var tag = Hash.sha256(bytes).hex().substring(0, 20);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var newest = versions.compute(key, (_, known) -> {
            if (known == null) return new Version(tag, now, asOf);
            var late = asOf.isBefore(known.asOf()) && !now.isBefore(known.since());
            return late ? known : known.next(tag, asOf, now);
        });
        var age = newest.tag().equals(tag) ? newest : newest.before(tag);
        return new Body(bytes, worth ? Assets.gzip(bytes) : bytes, age, clock);
    }

    /// Sends a public response, or 304 if the client already has it.
    ///
    /// @throws Problem 412 if the client accepts only another version
    public static void send(ServerRequest request, ServerResponse response, Representation representation, Body body) {
        var compressed = body.isCompressible() && Compression.isWanted(request);
        var tag = compressed ? body.gzipTag : body.plainTag;
        if (failsPrecondition(request, tag.get(), body)) throw Problem.changed();
        representation.headers.forEach(response::header);
        response.header(tag).header(body.lastModified).header(HttpDate.of(body.clock));
        if (isNotModified(request, tag.get(), body)) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else if (compressed) {
            send(request, response.header(GZIP), body.gzip);
        } else {
            send(request, response, body.plain);
        }
    }

    /// True if these are not the bytes that the request requires (RFC 9110 §13.2.2: if the request names a tag,
    /// only the tag counts).
    private static boolean failsPrecondition(ServerRequest request, String tag, Body body) {
        var tags = HeaderLists.of(request, HeaderNames.IF_MATCH);
        if (!tags.isEmpty()) return !EntityTags.matchStrongly(tags, tag);
        return date(request, HeaderNames.IF_UNMODIFIED_SINCE, body)
                .filter(date -> !body.isFrom(date))
                .isPresent();
    }

    /// True if the client already has these bytes. The tag comes first, as in [#isAnother].
    private static boolean isNotModified(ServerRequest request, String tag, Body body) {
        var tags = HeaderLists.of(request, HeaderNames.IF_NONE_MATCH);
        if (!tags.isEmpty()) return EntityTags.match(tags, tag);
        return date(request, HeaderNames.IF_MODIFIED_SINCE, body)
                .filter(body::isFrom)
                .isPresent();
    }

    /// The date in a header. Empty also if the header is not a date: it is then ignored (§13.1.3, §13.1.4).
    private static Optional<Instant> date(ServerRequest request, HeaderName name, Body body) {
        return request.headers().first(name).flatMap(date -> HttpDate.read(date, body.clock.instant()));
    }

    /// Sends bytes; for HEAD only their length. Every response to a GET goes through this method.
    public static void send(ServerRequest request, ServerResponse response, byte[] bytes) {
        if (request.prologue().method() == Method.HEAD) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
            response.send();
        } else {
            response.send(bytes);
        }
    }
}
