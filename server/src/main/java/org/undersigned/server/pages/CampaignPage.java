package org.undersigned.server.pages;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.campaign.Campaign;

/// @param counted by petition slug
public record CampaignPage(Campaign campaign, Map<String, Counted> counted) {
    public @Nullable Counted countedFor(Campaign.Petition petition) {
        return counted.get(petition.slug());
    }
}
