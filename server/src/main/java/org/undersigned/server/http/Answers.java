package org.undersigned.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Sends a page, compressed when the browser takes it, and not at all when the browser has it. No page holds a secret,
/// so its length tells nothing (BREACH).
public final class Answers {
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");

    private Answers() {}

    /// A page's bytes, compressed once for everybody.
    public static final class Body {
        private final byte[] plain;
        private final byte[] gzip;
        // Each form of the bytes has its own tag (RFC 9110 §8.8.3).
        private final Header plainTag;
        private final Header gzipTag;

        public Body(byte[] plain) {
            this.plain = plain.clone();
            this.gzip = Assets.gzip(plain);
            var tag = tag(plain);
            this.plainTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + tag + "\"");
            this.gzipTag = HeaderValues.createCached(HeaderNames.ETAG, "\"" + tag + "-gz\"");
        }

        private static String tag(byte[] bytes) {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(digest)
                        .substring(0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    public static void send(ServerRequest request, ServerResponse response, Body body) {
        var compressed = Compression.isWanted(request);
        var tag = compressed ? body.gzipTag : body.plainTag;
        response.header(tag);
        var known = request.headers().first(HeaderNames.IF_NONE_MATCH);
        if (known.isPresent() && known.get().contains(tag.get())) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else if (compressed) {
            response.header(GZIP).send(body.gzip);
        } else {
            response.send(body.plain);
        }
    }
}
