package org.undersigned.server.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;
import java.util.Set;

/// Accepts a request only from a page of this instance or from a program, so that no page of another site can make a
/// visitor's browser send it.
public final class OwnPages {
    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private OwnPages() {}

    /// Requires a JSON body, which a form of another site cannot send, and no sign of another site in the browser's
    /// `Sec-Fetch-Site` (W3C Fetch Metadata). A program does not send that header.
    ///
    /// @throws Problem 415 if the body is not declared as JSON; 403 if a page of another site sent the request
    public static void requireJson(ServerRequest request) {
        var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw Problem.of(
                    415, "not-json", "The body is not JSON", "Send the body with Content-Type: application/json.");
        }
        var site = request.headers().first(SEC_FETCH_SITE).orElse("same-origin");
        if (!Set.of("same-origin", "none").contains(site)) {
            throw Problem.of(
                    403, "other-site", "This request comes from another site", "Only pages of this site may send it.");
        }
    }
}
