package org.undersigned.server.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/// Reads headers that are lists.
final class HeaderLists {
    private HeaderLists() {}

    /// The whole list, empty if the header is absent: several lines with one name form one list (RFC 9110 §5.3).
    static String of(ServerRequest request, HeaderName name) {
        return String.join(", ", request.headers().all(name, List::of));
    }
}
