package org.undersigned.server.content.action;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// A public event of a campaign on one day, such as a march. Facts that no source states are null or empty.
///
/// @param title    null: pages show the kind and the campuses instead
/// @param campuses directory ids; several if they hold it jointly
/// @param time     local to the first campus, or null if unknown
/// @param minutes  duration, or null
/// @param stops    places, in the order of the route
/// @param pledge   true if people can pledge to come; a box counts them without names
/// @param changes  changes announced since, newest first
/// @param source   the report that it is from, or null if its own organizers announce it
public record Action(
        String slug,
        Kind kind,
        State state,
        @Nullable LocalizedText title,
        List<String> campuses,
        LocalDate date,
        @Nullable LocalTime time,
        @Nullable Long minutes,
        List<LocalizedText> stops,
        @Nullable LocalizedText about,
        @Nullable LocalizedText accessibility,
        @Nullable LocalizedText bring,
        @Nullable LocalizedText rights,
        @Nullable LocalizedText counterProtest,
        boolean pledge,
        List<Change> changes,
        @Nullable String source) {

    public enum Kind {
        WALKOUT,
        MARCH,
        RALLY,
        TEACH_IN,
        VIGIL,
        MEETING,
        CALL_DAY
    }

    public enum State {
        PLANNED,
        CONFIRMED,
        CHANGED,
        CANCELLED,
        HELD
    }

    /// A change announced after the action was first announced.
    ///
    /// @param previousStart the previous beginning, or null if it did not change
    public record Change(
            LocalDate date, LocalizedText text, @Nullable Start previousStart) {}

    /// When an action begins.
    ///
    /// @param time null if unknown
    public record Start(LocalDate date, @Nullable LocalTime time) {}

    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    /// Reads one action of a campaign's document.
    ///
    /// @param campuses known ids
    /// @param sources  known ids
    public static Action read(ObjectReader json, Set<String> campuses, Set<String> sources) {
        var action = new Action(
                json.slug("slug"),
                json.oneOf("kind", Kind.values()),
                json.oneOf("state", State.values()),
                json.localizedLineOrNull("title"),
                json.references("campuses", campuses),
                json.date("date"),
                json.timeOrNull("time"),
                json.numberOrNull("minutes"),
                json.list("stops", stop -> stop.localized("place")),
                json.localizedOrNull("about"),
                json.localizedOrNull("accessibility"),
                json.localizedOrNull("bring"),
                json.localizedOrNull("rights"),
                json.localizedOrNull("counterProtest"),
                json.flag("pledge"),
                json.list("changes", Action::change),
                json.referenceOrNull("source", sources));
        if (action.campuses().isEmpty()) throw json.wrong("campuses", "contains no campus");
        if (action.minutes() != null && (action.minutes() < 1 || action.minutes() > LONGEST_MINUTES)) {
            throw json.wrong("minutes", "is not from 1 to " + LONGEST_MINUTES);
        }
        return action;
    }

    private static Change change(ObjectReader json) {
        var was = json.objectOrNull("was", start -> new Start(start.date("date"), start.timeOrNull("time")));
        return new Change(json.date("date"), json.localized("text"), was);
    }

    public String path() {
        return "/a/" + slug;
    }

    /// True if the action is planned, confirmed or changed: neither cancelled nor already held.
    public boolean isPlanned() {
        return state == State.PLANNED || state == State.CONFIRMED || state == State.CHANGED;
    }

    /// The kind as written in documents and message keys: `teach-in`.
    public String kindWord() {
        return word(kind);
    }

    /// The state as written in documents and message keys.
    public String stateWord() {
        return word(state);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
