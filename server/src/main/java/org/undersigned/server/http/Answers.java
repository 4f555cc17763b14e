package org.undersigned.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.undersigned.tlog.Hash;

/// Sends what anybody may have: compressed when the client takes it, not at all when the client has it, and without
/// its bytes when only the headers are asked for. No page holds a secret, so its length tells nothing (BREACH).
///
/// `Last-Modified` is the moment at which this node first had these bytes under this address: never earlier than the
/// change itself, so nobody keeps what is out of date; later after a restart, which costs a transfer.
public final class Answers {
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    /// RFC 9110 §5.6.7, with the two digits of the day that Java's own form of it lacks.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

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

    private record Age(String tag, Instant since) {}

    public Answers(Clock clock) {
        this.clock = clock;
    }

    /// Bytes as they are sent, in both forms, made once for everybody.
    public static final class Body {
        private final byte[] plain;
        private final byte[] gzip;
        // Each form of the bytes has its own tag (RFC 9110 §8.8.3).
        private final Header plainTag;
        private final Header gzipTag;
        private final Header lastModified;
        private final Instant since;

        private Body(byte[] plain, byte[] gzip, String tag, Instant since) {
            this.plain = plain;
            this.gzip = gzip;
            this.plainTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + tag + "\"");
            this.gzipTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + tag + "-gz\"");
            this.since = since;
            this.lastModified = HeaderValues.createCached(HeaderNames.LAST_MODIFIED, HTTP_DATE.format(since));
        }

        private boolean isCompressible() {
            return gzip.length < plain.length;
        }
    }

    /// Bytes to be sent under an address.
    ///
    /// @param key the address and whatever else chooses between forms of it
    public Body body(String key, Kind kind, byte[] bytes) {
        var worth = kind.isCompressible() && bytes.length >= SMALLEST_COMPRESSED;
        var tag = Hash.sha256(bytes).hex().substring(0, 20);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var age = ages.compute(key, (_, known) -> known != null && known.tag().equals(tag) ? known : new Age(tag, now));
        return new Body(bytes, worth ? Assets.gzip(bytes) : bytes, tag, age.since());
    }

    /// Sends an answer that anybody may have, or that it has not changed.
    public static void send(ServerRequest request, ServerResponse response, Kind kind, Body body) {
        kind.headers.forEach(response::header);
        var compressed = body.isCompressible() && Compression.isWanted(request);
        var tag = compressed ? body.gzipTag : body.plainTag;
        response.header(tag).header(body.lastModified);
        if (isKnown(request, tag.get(), body.since)) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else if (compressed) {
            send(request, response.header(GZIP), body.gzip);
        } else {
            send(request, response, body.plain);
        }
    }

    /// RFC 9110 §13.2.2: the tag decides if there is one.
    private static boolean isKnown(ServerRequest request, String tag, Instant since) {
        var tags = Lists.of(request, HeaderNames.IF_NONE_MATCH);
        if (!tags.isEmpty()) return EntityTags.match(tags, tag);
        var date = request.headers().first(HeaderNames.IF_MODIFIED_SINCE).orElse("");
        if (date.isEmpty()) return false;
        try {
            return !since.isAfter(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return false; // as if it were not there (§13.1.3)
        }
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
