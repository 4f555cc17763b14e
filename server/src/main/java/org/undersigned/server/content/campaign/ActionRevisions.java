package org.undersigned.server.content.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.action.Revision;

/// What becomes of the revisions of a campaign's actions when a document of it comes in.
///
/// Two documents are compared, not hashes of them: both are read by the same version of this program, so a later
/// one, which says more of an action, does not find all of them changed.
///
/// An action that comes with its campaign's first document is as old as that says; one that comes later is new.
final class ActionRevisions {
    private ActionRevisions() {}

    /// A day's noon in UTC, which is the same day from Honolulu to Berlin.
    private static Instant noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }

    /// Of the actions of a campaign's first document.
    ///
    /// @param moment at which it came
    static Map<String, Revision> first(Campaign campaign, Instant moment) {
        var all = new HashMap<String, Revision>();
        for (var action : campaign.actions()) {
            var days = told(campaign, action);
            if (days.isEmpty()) days = List.of(campaign.opens() == null ? action.date() : campaign.opens());
            var published = earlier(noon(Collections.min(days)), moment);
            var updated = earlier(noon(Collections.max(days)), moment);
            all.put(action.slug(), new Revision(changesTold(action), published, updated, moment));
        }
        return all;
    }

    /// Of the actions of a later document.
    ///
    /// @param before the document so far; empty if this version cannot read it
    /// @param known  revisions until now, also of actions that are in it no longer
    static Map<String, Revision> next(
            Optional<Campaign> before, Map<String, Revision> known, Campaign after, Instant moment) {
        var all = new HashMap<>(known);
        for (var action : after.actions()) {
            var was = known.get(action.slug());
            if (was == null) {
                all.put(action.slug(), announced(after, action, moment));
            } else if (!before.flatMap(one -> said(one, action.slug())).equals(said(after, action.slug()))) {
                var sequence = Math.max(was.sequence() + 1, changesTold(action));
                all.put(action.slug(), new Revision(sequence, was.published(), moment, moment));
            }
        }
        return all;
    }

    private static Revision announced(Campaign campaign, Action action, Instant moment) {
        var days = told(campaign, action);
        var published = days.isEmpty() ? moment : earlier(noon(Collections.min(days)), moment);
        return new Revision(changesTold(action), published, moment, moment);
    }

    /// Where nothing else is known, as in an instance to which a campaign has moved.
    private static int changesTold(Action action) {
        return action.changes().size() + (action.state() == Action.State.CANCELLED ? 1 : 0);
    }

    /// The days on which something of it was told.
    private static List<LocalDate> told(Campaign campaign, Action action) {
        var days = new ArrayList<LocalDate>();
        for (var change : action.changes()) days.add(change.date());
        if (action.source() != null) days.add(campaign.source(action.source()).date());
        if (action.state() == Action.State.HELD) days.add(action.date());
        return days;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /// What calendars and feeds say of an action; empty if it is not there.
    private static Optional<List<@Nullable Object>> said(Campaign campaign, String slug) {
        return campaign.action(slug)
                .map(action -> Arrays.asList(
                        action.kind(),
                        action.state(),
                        campaign.titleOf(action),
                        campaign.campusesOf(action).stream()
                                .map(campus -> Arrays.asList(
                                        campus.id(),
                                        campus.name(),
                                        campus.zone(),
                                        campus.latitude(),
                                        campus.longitude()))
                                .toList(),
                        action.date(),
                        action.time(),
                        action.minutes(),
                        action.stops(),
                        action.about(),
                        action.accessibility(),
                        action.bring(),
                        action.rights(),
                        action.counterProtest(),
                        action.changes(),
                        action.source() == null
                                ? null
                                : campaign.source(action.source()).outlet()));
    }
}
