package org.undersigned.server.content.action;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.Members;
import org.undersigned.server.content.document.Text;

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
        @Nullable Text title,
        List<String> campuses,
        LocalDate date,
        @Nullable LocalTime time,
        @Nullable Long minutes,
        List<Text> stops,
        @Nullable Text about,
        @Nullable Text accessibility,
        @Nullable Text bring,
        @Nullable Text rights,
        @Nullable Text counterProtest,
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
            LocalDate date, Text text, @Nullable Start was) {}

    /// When an action begins.
    ///
    /// @param time null when nobody said it
    public record Start(LocalDate date, @Nullable LocalTime time) {}

    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    /// Reads one action of a campaign's document.
    ///
    /// @param campuses ids there are
    /// @param sources  ids there are
    public static Action read(Members in, Set<String> campuses, Set<String> sources) {
        var action = new Action(
                in.slug("slug"),
                in.oneOf("kind", Kind.values()),
                in.oneOf("state", State.values()),
                in.bothOrNull("title"),
                in.references("campuses", campuses),
                in.date("date"),
                in.timeOrNull("time"),
                in.numberOrNull("minutes"),
                in.list("stops", stop -> stop.both("place")),
                in.bothOrNull("about"),
                in.bothOrNull("accessibility"),
                in.bothOrNull("bring"),
                in.bothOrNull("rights"),
                in.bothOrNull("counterProtest"),
                in.flag("pledge"),
                in.list("changes", Action::change),
                in.referenceOrNull("source", sources));
        if (action.campuses().isEmpty()) throw in.wrong("campuses", "names no campus");
        if (action.minutes() != null && (action.minutes() < 1 || action.minutes() > LONGEST_MINUTES)) {
            throw in.wrong("minutes", "is not from 1 to " + LONGEST_MINUTES);
        }
        return action;
    }

    private static Change change(Members in) {
        var was = in.objectOrNull("was", start -> new Start(start.date("date"), start.timeOrNull("time")));
        return new Change(in.date("date"), in.both("text"), was);
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
