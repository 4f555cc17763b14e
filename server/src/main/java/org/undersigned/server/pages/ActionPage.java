package org.undersigned.server.pages;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.action.Action;
import org.undersigned.server.campaign.Campaign;

/// @param counted who said they will come; null when nobody is asked
public record ActionPage(
        Campaign campaign, Action action, @Nullable Counted counted) {
    public List<Campaign.Campus> campuses() {
        return action.campuses().stream()
                .map(id -> campaign.campus(id).orElseThrow())
                .toList();
    }

    public ZoneId zone() {
        return campuses().getFirst().zone();
    }

    /// Null when nobody said the time.
    public @Nullable ZonedDateTime begins() {
        return action.time() == null ? null : ZonedDateTime.of(action.date(), action.time(), zone());
    }

    public @Nullable ZonedDateTime ends() {
        var begins = begins();
        return begins == null || action.minutes() == null ? null : begins.plusMinutes(action.minutes());
    }
}
