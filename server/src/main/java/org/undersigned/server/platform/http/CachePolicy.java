package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/// How long an answer may be kept by whoever got it. docs/INTERFACES.md has the table.
public enum CachePolicy {
    /// Kept, and asked about each time: it may change at any moment.
    ASK("no-cache"),
    /// Kept for five minutes without asking, by shared caches too.
    MINUTES("public, max-age=300"),
    /// Never changes under its address.
    FOREVER("public, max-age=31536000, immutable"),
    /// For one reader, once.
    NEVER("no-store");

    final Header header;

    CachePolicy(String value) {
        header = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, value);
    }
}
