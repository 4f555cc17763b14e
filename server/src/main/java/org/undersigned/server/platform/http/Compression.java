package org.undersigned.server.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/// Whether an answer may be sent compressed.
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
