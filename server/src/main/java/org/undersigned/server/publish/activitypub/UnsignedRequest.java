package org.undersigned.server.publish.activitypub;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A request to another server before it is signed.
///
/// @param method in lower case
/// @param body   null for a request without one
record UnsignedRequest(String method, URI address, byte @Nullable [] body) {
    static UnsignedRequest get(URI address) {
        return new UnsignedRequest("get", address, null);
    }

    static UnsignedRequest post(URI address, byte[] body) {
        return new UnsignedRequest("post", address, body);
    }

    /// Returns the path with the query, as in the request line.
    String path() {
        var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return (address.getRawPath().isEmpty() ? "/" : address.getRawPath()) + query;
    }
}
