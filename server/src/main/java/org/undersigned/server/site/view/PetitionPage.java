package org.undersigned.server.site.view;

import java.util.List;
import org.undersigned.server.content.campaign.Campaign;

/// A petition with its campus.
public record PetitionPage(Campaign campaign, Campaign.Petition petition, Campaign.Campus campus) {
    public List<Campaign.Demand> demands() {
        return campaign.demands().stream()
                .filter(demand -> petition.demands().contains(demand.id()))
                .toList();
    }
}
