package org.undersigned.server.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/// What every request that casts must be: without a name, and of one length.
public final class AnonymousRequests {
    private static final List<HeaderName> NAMES = List.of(HeaderNames.COOKIE, HeaderNames.AUTHORIZATION);

    private AnonymousRequests() {}

    /// Refuses a request that says who sends it, so that a client's mistake is noticed.
    ///
    /// @throws Problem 400 that names the header
    public static void requireAnonymous(ServerRequest request) {
        for (var name : NAMES) {
            if (request.headers().contains(name)) {
                throw Problem.of(
                        400,
                        "identified",
                        "Only anonymous requests are accepted here",
                        "The request has the header " + name.defaultCase() + ". Send it without this header.");
            }
        }
    }

    /// @throws Problem 413 or 400 if the body has another length
    public static byte[] exactly(ServerRequest request, int length) {
        var body = RequestBodies.bytes(request, length);
        if (body.length != length) {
            throw Problem.malformed(
                    "body", "The body must have exactly " + length + " bytes, not " + body.length + ".");
        }
        return body;
    }

    /// Reads the body of an encapsulated request (RFC 9458 §4.3).
    ///
    /// @throws Problem 415 if it is none, or like [#exactly]
    public static byte[] sealed(ServerRequest request, int length) {
        requireAnonymous(request);
        if (!request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").equals("message/ohttp-req")) {
            throw Problem.of(
                    415,
                    "not-sealed",
                    "Only sealed requests are accepted here",
                    "Send content of type message/ohttp-req.");
        }
        return exactly(request, length);
    }
}
