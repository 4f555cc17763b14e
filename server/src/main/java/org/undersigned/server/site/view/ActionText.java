package org.undersigned.server.site.view;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.site.PageContext;

/// An action as text in one language, for outputs other than a page: a calendar, a feed reader.
public record ActionText(Campaign campaign, Action action, PageContext page) {
    /// A note about the action.
    ///
    /// @param heading or null
    public record Note(@Nullable String heading, String text) {}

    public String title() {
        var given = action.title();
        return given == null ? kind() + ": " + page.in(campaign.name()) : page.in(given);
    }

    /// "Cancelled: Evening walk", for programs that show a title and no state.
    public String titleWithState() {
        return action.state() == Action.State.CANCELLED ? page.t("follow.cancelled", title()) : title();
    }

    public String kind() {
        return page.t("kind." + action.kindWord());
    }

    /// The state, in the grammatical gender of the word "action"; the word for the kind of action can have another
    /// one.
    public String state() {
        return page.t("state.action", page.t("state." + action.stateWord()));
    }

    public List<Campaign.Campus> campuses() {
        return campaign.campusesOf(action);
    }

    /// "November 16, 2016, 3:00 PM, Pacific Standard Time", followed by the local times of other campuses.
    public String when() {
        var day = page.date(action.date());
        if (action.time() == null) return day + " (" + page.t("action.noTime") + ")";
        return ActionPage.times(campaign, action).stream()
                .map(local -> at(local.at()))
                .collect(Collectors.joining("; ", day + ", ", ""));
    }

    private String at(ZonedDateTime local) {
        var day = local.toLocalDate();
        return (day.equals(action.date()) ? "" : page.date(day) + ", ")
                + page.time(local.toLocalTime())
                + ", "
                + page.zone(local);
    }

    /// The campuses' names.
    public String campusNames() {
        return campuses().stream().map(Campaign.Campus::name).collect(Collectors.joining(", "));
    }

    public List<String> stops() {
        return action.stops().stream().map(page::in).toList();
    }

    /// All texts about the action, changes first.
    public List<Note> notes() {
        var notes = new ArrayList<Note>();
        for (var change : action.changes()) notes.add(new Note(page.date(change.date()), page.in(change.text())));
        add(notes, null, action.about());
        add(notes, "action.accessibility", action.accessibility());
        add(notes, "action.bring", action.bring());
        add(notes, "action.rights", action.rights());
        if (action.rights() != null) notes.add(new Note(null, page.t("action.rightsHint")));
        add(notes, "action.counter", action.counterProtest());
        if (action.source() != null) {
            notes.add(new Note(
                    null,
                    page.t("action.source", campaign.source(action.source()).outlet())));
        }
        return notes;
    }

    private void add(List<Note> notes, @Nullable String heading, @Nullable LocalizedText text) {
        if (text != null) notes.add(new Note(heading == null ? null : page.t(heading), page.in(text)));
    }
}
