package org.undersigned.server.publish.api;

import java.util.Locale;

/// The OSDI resources there are here.
public enum OsdiList {
    PETITIONS,
    EVENTS,
    ADVOCACY_CAMPAIGNS;

    /// As it stands in addresses.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As it stands in `_links` and `_embedded`.
    String relation() {
        return "osdi:" + word();
    }
}
