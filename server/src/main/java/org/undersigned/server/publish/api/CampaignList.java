package org.undersigned.server.publish.api;

import java.util.Locale;

/// The lists of a campaign.
public enum CampaignList {
    CAMPUSES,
    PETITIONS,
    ACTIONS,
    LETTERS,
    ANSWERS,
    FIGURES;

    /// The name in URLs.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
