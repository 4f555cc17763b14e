package org.undersigned.server.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/// Decides whether a response may be compressed.
final class Compression {
    private Compression() {}

    static boolean isWanted(ServerRequest request) {
        return AcceptHeaders.of(request, HeaderNames.ACCEPT_ENCODING).stream()
                .filter(coding -> coding.equals("gzip") || coding.equals("identity"))
                .findFirst()
                .filter("gzip"::equals)
                .isPresent();
    }
}
