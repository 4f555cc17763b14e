package org.undersigned.server.publish.api;

import java.util.Locale;

/// The OSDI resources that this instance serves.
public enum OsdiList {
    PETITIONS,
    EVENTS,
    ADVOCACY_CAMPAIGNS;

    /// The name in URLs.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name in `_links` and `_embedded`.
    String relation() {
        return "osdi:" + word();
    }
}
