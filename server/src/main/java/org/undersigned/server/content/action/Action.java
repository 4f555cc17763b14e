package org.undersigned.server.content.action;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// Something done together on a day. What nobody said is null or empty, never invented.
///
/// @param title    null: the kind and the campuses say it
/// @param campuses directory ids; more than one when it is done jointly
/// @param time     local to the first campus, or null when nobody said it
/// @param minutes  how long, or null
/// @param stops    where, in the order of the route
/// @param pledge   whether people can say, uncounted by name, that they will come
/// @param changes  what was told of it since, newest first
/// @param source   whose report it is from, or null when its own organizers say it
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

    /// Something told after the action was first announced.
    ///
    /// @param was when it was to begin until then, or null if that did not change
    public record Change(
            LocalDate date, LocalizedText text, @Nullable Start was) {}

    /// When an action begins.
    ///
    /// @param time null when nobody said it
    public record Start(LocalDate date, @Nullable LocalTime time) {}

    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    /// Reads one action of a campaign's document.
    ///
    /// @param campuses ids there are
    /// @param sources  ids there are
    public static Action read(ObjectReader json, Set<String> campuses, Set<String> sources) {
        var action = new Action(
                json.slug("slug"),
                json.oneOf("kind", Kind.values()),
                json.oneOf("state", State.values()),
                json.bothOrNull("title"),
                json.references("campuses", campuses),
                json.date("date"),
                json.timeOrNull("time"),
                json.numberOrNull("minutes"),
                json.list("stops", stop -> stop.both("place")),
                json.bothOrNull("about"),
                json.bothOrNull("accessibility"),
                json.bothOrNull("bring"),
                json.bothOrNull("rights"),
                json.bothOrNull("counterProtest"),
                json.flag("pledge"),
                json.list("changes", Action::change),
                json.referenceOrNull("source", sources));
        if (action.campuses().isEmpty()) throw json.wrong("campuses", "names no campus");
        if (action.minutes() != null && (action.minutes() < 1 || action.minutes() > LONGEST_MINUTES)) {
            throw json.wrong("minutes", "is not from 1 to " + LONGEST_MINUTES);
        }
        return action;
    }

    private static Change change(ObjectReader json) {
        var was = json.objectOrNull("was", start -> new Start(start.date("date"), start.timeOrNull("time")));
        return new Change(json.date("date"), json.both("text"), was);
    }

    public String path() {
        return "/a/" + slug;
    }

    /// Whether nothing is known against its taking place, or having taken place.
    public boolean isOn() {
        return state == State.PLANNED || state == State.CONFIRMED || state == State.CHANGED;
    }

    /// The kind as it stands in documents and message keys: `teach-in`.
    public String kindWord() {
        return word(kind);
    }

    /// The state as it stands in documents and message keys.
    public String stateWord() {
        return word(state);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
