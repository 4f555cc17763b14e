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

/// Computes the revisions of a campaign's actions when a document of the campaign arrives.
///
/// It compares two documents, not their hashes: the same version of this program parses both. So a later version,
/// which reads more facts about an action, does not mark all actions as changed.
///
/// For an action in the campaign's first document, the dates come from that document; an action that appears later
/// is new.
final class ActionRevisions {
    private ActionRevisions() {}

    /// Noon of a day in UTC, which is the same calendar day from Honolulu to Berlin.
    private static Instant noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }

    /// Revisions for the actions of a campaign's first document.
    ///
    /// @param moment when the document arrived
    static Map<String, Revision> ofFirstDocument(Campaign campaign, Instant moment) {
        var all = new HashMap<String, Revision>();
        for (var action : campaign.actions()) {
            var days = announcementDays(campaign, action);
            if (days.isEmpty()) days = List.of(campaign.opens() == null ? action.date() : campaign.opens());
            var published = earlier(noon(Collections.min(days)), moment);
            var updated = earlier(noon(Collections.max(days)), moment);
            all.put(action.slug(), new Revision(announcedChanges(action), published, updated, moment));
        }
        return all;
    }

    /// Revisions for the actions of a later document.
    ///
    /// @param before the previous document; empty if this version cannot parse it
    /// @param known  revisions so far, including those of actions that are no longer in the document
    static Map<String, Revision> ofLaterDocument(
            Optional<Campaign> before, Map<String, Revision> known, Campaign after, Instant moment) {
        var all = new HashMap<>(known);
        for (var action : after.actions()) {
            var was = known.get(action.slug());
            if (was == null) {
                all.put(action.slug(), announced(after, action, moment));
            } else if (!before.flatMap(one -> publishedFacts(one, action.slug()))
                    .equals(publishedFacts(after, action.slug()))) {
                var sequence = Math.max(was.sequence() + 1, announcedChanges(action));
                all.put(action.slug(), new Revision(sequence, was.published(), moment, moment));
            }
        }
        return all;
    }

    private static Revision announced(Campaign campaign, Action action, Instant moment) {
        var days = announcementDays(campaign, action);
        var published = days.isEmpty() ? moment : earlier(noon(Collections.min(days)), moment);
        return new Revision(announcedChanges(action), published, moment, moment);
    }

    /// The number of announced changes: the least sequence of an action, and the only source if a campaign moved
    /// here.
    private static int announcedChanges(Action action) {
        return action.changes().size() + (action.state() == Action.State.CANCELLED ? 1 : 0);
    }

    /// The days on which the document's sources reported something about the action.
    private static List<LocalDate> announcementDays(Campaign campaign, Action action) {
        var days = new ArrayList<LocalDate>();
        for (var change : action.changes()) days.add(change.date());
        if (action.source() != null) days.add(campaign.source(action.source()).date());
        if (action.state() == Action.State.HELD) days.add(action.date());
        return days;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /// The facts that calendars and feeds publish about an action; empty if it does not exist.
    private static Optional<List<@Nullable Object>> publishedFacts(Campaign campaign, String slug) {
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
