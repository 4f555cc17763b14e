package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// Lets pages of other hosts read public responses (Fetch standard, "CORS protocol"). There are no cookies that
/// could be misused, so there is no list of allowed hosts.
public final class Cors {
    private static final List<Header> ANSWER = List.of(
            HeaderValues.createCached(HeaderNames.ALLOW, "GET, HEAD, OPTIONS"),
            HeaderValues.createCached("Access-Control-Allow-Methods", "GET, HEAD"),
            HeaderValues.createCached("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since"),
            HeaderValues.createCached("Access-Control-Max-Age", "86400"), // seconds
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"));

    private Cors() {}

    /// `OPTIONS`: responds to a browser that checks whether a page may send a request.
    public static void preflight(ServerRequest request, ServerResponse response) {
        allow(response);
        ANSWER.forEach(response::header);
        response.status(Status.NO_CONTENT_204).send();
    }

    /// Lets the page read the response, whatever its status: the page's author needs the reason for a refusal too.
    public static void allow(ServerResponse response) {
        Representation.OPEN.forEach(response::header);
    }
}
