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

/// An action and where it is.
///
/// @param ahead whether people may still be asked to come
public record ActionPage(Campaign campaign, Action action, boolean ahead) {
    /// For what is told alike whatever the day.
    public ActionPage(Campaign campaign, Action action) {
        this(campaign, action, false);
    }

    public List<Campaign.Campus> campuses() {
        return campaign.campusesOf(action);
    }

    public ZoneId zone() {
        return campuses().getFirst().zone();
    }

    /// When it begins on the wall of some of its campuses.
    ///
    /// @param campuses whose clocks agree, in the order of the action
    public record Local(ZonedDateTime at, List<Campaign.Campus> campuses) {}

    public List<Local> times() {
        return times(campaign, action);
    }

    /// The local times of each of its campuses, the first campus's first; empty when nobody said a time.
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
    public String places() {
        return campuses().stream().map(Campaign.Campus::name).collect(Collectors.joining(", "));
    }
}
