package org.undersigned.server.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Lets pages of other hosts read public responses (Fetch standard, "CORS protocol"). There are no cookies that
/// could be misused, so there is no list of allowed hosts.
public final class Cors {
    private static final String A_DAY = "86400"; // seconds

    private Cors() {}

    /// `OPTIONS`: responds to a browser that checks whether a page may read this.
    public static void preflight(ServerRequest request, ServerResponse response) {
        preflight(response, "GET, HEAD", "If-None-Match, If-Modified-Since");
    }

    /// `OPTIONS`: responds to a browser that checks whether a page may send such a request.
    ///
    /// @param methods besides `OPTIONS`
    /// @param headers that a page may set
    public static void preflight(ServerResponse response, String methods, String headers) {
        allow(response);
        response.status(Status.NO_CONTENT_204)
                .header(HeaderNames.ALLOW, methods + ", OPTIONS")
                .header("Access-Control-Allow-Methods", methods)
                .header("Access-Control-Allow-Headers", headers)
                .header("Access-Control-Max-Age", A_DAY)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send();
    }

    /// Lets the page read the response, whatever its status: the page's author needs the reason for a refusal too.
    public static void allow(ServerResponse response) {
        Representation.OPEN.forEach(response::header);
    }
}
