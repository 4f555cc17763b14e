package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/// How long a client or a cache may store a response. docs/INTERFACES.md has the table.
public enum CachePolicy {
    /// May be stored, but is revalidated at each use: it may change at any moment.
    REVALIDATE("no-cache"),
    /// May be stored for five minutes without revalidation, by shared caches too.
    MINUTES("public, max-age=300"),
    /// Never changes under its address.
    FOREVER("public, max-age=31536000, immutable"),
    /// Must not be stored: it is for one reader and one request.
    NEVER("no-store");

    final Header header;

    CachePolicy(String value) {
        header = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, value);
    }
}
