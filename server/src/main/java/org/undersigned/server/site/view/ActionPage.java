package org.undersigned.server.site.view;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.site.PageContext;

/// An action with its places.
///
/// @param ahead true if the page may still invite people to come
public record ActionPage(Campaign campaign, Action action, boolean ahead) {
    /// For output that does not depend on the current day.
    public ActionPage(Campaign campaign, Action action) {
        this(campaign, action, false);
    }

    public List<Campaign.Campus> campuses() {
        return campaign.campusesOf(action);
    }

    public ZoneId zone() {
        return campuses().getFirst().zone();
    }

    /// The local start time at some of the campuses.
    ///
    /// @param campuses those with the same local time, in the order of the action
    public record Local(ZonedDateTime at, List<Campaign.Campus> campuses) {}

    public List<Local> times() {
        return times(campaign, action);
    }

    /// The local start times at its campuses, the first campus's first; empty if no time is known.
    public static List<Local> times(Campaign campaign, Action action) {
        var time = action.time();
        if (time == null) return List.of();
        var campuses = campaign.campusesOf(action);
        var begins = action.date().atTime(time).atZone(campuses.getFirst().zone());
        var byClock = new LinkedHashMap<LocalDateTime, Local>();
        for (var campus : campuses) {
            var at = begins.withZoneSameInstant(campus.zone());
            byClock.merge(
                    at.toLocalDateTime(),
                    new Local(at, List.of(campus)),
                    (before, more) -> new Local(
                            before.at(),
                            Stream.concat(before.campuses().stream(), more.campuses().stream())
                                    .toList()));
        }
        return List.copyOf(byClock.values());
    }

    /// Its own title, or what kind of action it is.
    public String title(PageContext page) {
        return action.title() == null ? page.t("kind." + action.kindWord()) : page.in(action.title());
    }

    /// Its campuses' names.
    public String campusNames() {
        return campuses().stream().map(Campaign.Campus::name).collect(Collectors.joining(", "));
    }
}
