package org.undersigned.server.pages;

import java.time.ZoneId;
import java.util.List;
import org.undersigned.server.action.Action;
import org.undersigned.server.campaign.Campaign;

/// An action and where it is.
public record ActionPage(Campaign campaign, Action action) {
    public List<Campaign.Campus> campuses() {
        return action.campuses().stream()
                .map(id -> campaign.campus(id).orElseThrow())
                .toList();
    }

    public ZoneId zone() {
        return campuses().getFirst().zone();
    }
}
