package org.undersigned.server.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.campaign.Campaign;

/// @param counted null while the petition has no box
public record PetitionPage(
        Campaign campaign,
        Campaign.Petition petition,
        Campaign.Campus campus,
        @Nullable Counted counted) {
    public List<Campaign.Demand> demands() {
        return campaign.demands().stream()
                .filter(demand -> petition.demands().contains(demand.id()))
                .toList();
    }
}
