package org.undersigned.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Sends a page, compressed when the browser takes it. No page holds a secret, so its length tells nothing
/// (BREACH).
public final class Answers {
    private Answers() {}

    public static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (Compression.isWanted(request)) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip").send(Assets.gzip(body));
        } else {
            response.send(body);
        }
    }
}
