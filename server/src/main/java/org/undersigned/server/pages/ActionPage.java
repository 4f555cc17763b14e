package org.undersigned.server.pages;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
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

    /// Its own title, or what kind of action it is.
    public String title(Page page) {
        return action.title() == null ? page.t("kind." + action.kindWord()) : page.in(action.title());
    }

    /// Its campuses' names.
    String places() {
        return campuses().stream().map(Campaign.Campus::name).collect(Collectors.joining(", "));
    }
}
