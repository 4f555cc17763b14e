package org.undersigned.server.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/// Headers that are lists.
final class HeaderLists {
    private HeaderLists() {}

    /// All of a list, empty if there is none: several lines of one name are one list (RFC 9110 §5.3).
    static String of(ServerRequest request, HeaderName name) {
        return String.join(", ", request.headers().all(name, List::of));
    }
}
