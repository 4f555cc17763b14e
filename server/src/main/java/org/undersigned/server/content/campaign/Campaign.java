package org.undersigned.server.content.campaign;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.answer.SanctuaryLabel;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.tlog.Hash;

/// A campaign as the world may read it; immutable. What no source says is null or empty, never invented.
///
/// @param conveners   who calls for it
/// @param aimFrom     where each source has the aim from; empty when the conveners publish it here themselves. So
///     with `callFrom` and `contextFrom`
/// @param opens     its first day, or null
/// @param closes    its last day, or null
/// @param languages of the words it publishes: `en`, `es`
/// @param press     how journalists reach it in public, such as an office and its hours; or null
/// @param templates petitions to begin a chapter's own with
/// @param updates   newest first
public record Campaign(
        String slug,
        String hashtag,
        LocalizedText name,
        List<Convener> conveners,
        LocalizedText aim,
        List<Statement> aimFrom,
        LocalizedText call,
        List<Statement> callFrom,
        LocalizedText context,
        List<Statement> contextFrom,
        @Nullable LocalDate opens,
        @Nullable LocalDate closes,
        List<String> languages,
        @Nullable LocalizedText press,
        List<Source> sources,
        List<Demand> demands,
        List<Template> templates,
        List<Update> updates,
        List<Campus> campuses,
        List<Petition> petitions,
        List<Action> actions,
        List<LetterDrive> letters,
        List<Answer> answers,
        List<SanctuaryLabel> labels,
        List<Meeting> meetings,
        List<Figure> figures,
        List<Statement> statements) {

    /// Somebody who calls for the campaign, and what the reports call them.
    public record Convener(String name, List<Statement> called) {}

    /// A story: who said something, and when it was published.
    ///
    /// @param language   of the words it prints: `en` or `es`
    /// @param by         its reporters, or null when it names none
    /// @param notes      what else is to be known of it
    /// @param crossPosts where else it stands
    /// @param related    what it links to
    public record Source(
            String id,
            String outlet,
            String language,
            @Nullable String by,
            LocalDate date,
            List<LocalizedText> notes,
            List<LocalizedText> crossPosts,
            List<LocalizedText> related) {}

    /// Something asked for.
    ///
    /// @param source     whose report has this wording
    /// @param everywhere whether the call itself asks it of every campus, petition or not
    /// @param wordings   earlier ones, newest first
    public record Demand(int id, String source, LocalizedText text, boolean everywhere, List<Wording> wordings) {}

    /// A demand's words until a day.
    public record Wording(LocalDate until, LocalizedText text) {}

    /// @param note on its wording, no part of it; or null
    public record Template(
            String slug,
            LocalizedText title,
            LocalizedText text,
            @Nullable LocalizedText note,
            List<Integer> demands) {}

    /// News of the campaign.
    public record Update(
            LocalDate date, LocalizedText text, @Nullable String source) {}

    /// @param id        the main e-mail domain
    /// @param state     two letters
    /// @param latitude  degrees north, or null
    /// @param longitude degrees east, or null
    /// @param system    that it is part of, or null
    /// @param kind      `university` or `high-school`
    /// @param chapter   of the campaign there, or null
    public record Campus(
            String id,
            String name,
            String place,
            String state,
            ZoneId zone,
            List<String> domains,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String system,
            String kind,
            @Nullable Chapter chapter) {
        /// Of "Medford, Massachusetts" the first; empty where the place is a state's name alone.
        public Optional<String> city() {
            var comma = place.lastIndexOf(", ");
            return comma < 0 ? Optional.empty() : Optional.of(place.substring(0, comma));
        }
    }

    /// Those who carry the campaign on at a campus.
    ///
    /// @param since its first day, or null
    /// @param reach how to reach it in public, such as where and when it meets; or null
    public record Chapter(
            LocalizedText name,
            @Nullable LocalDate since,
            @Nullable LocalizedText reach) {}

    /// @param note   on its wording, never signed with it; or null
    /// @param source whose report tells who wrote or signed it, or null
    public record Petition(
            String slug,
            String campus,
            LocalizedText title,
            LocalizedText by,
            LocalizedText text,
            @Nullable LocalizedText note,
            List<Integer> demands,
            @Nullable String source) {
        public String path() {
            return "/p/" + slug;
        }
    }

    /// Of how much of what it is about a figure speaks. A number of speakers, of a whole county, or of those on
    /// the other side is none of the action's own.
    public enum Extent {
        WHOLE,
        PART,
        WIDER,
        OPPOSING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A figure as reported: never just a number.
    ///
    /// @param about   slugs and campus ids it speaks of; empty: the campaign as a whole
    /// @param measure planned, held, signed, attended or estimated
    /// @param words   as printed
    /// @param translation the words in the site's other language, or null
    /// @param low     given by the document's editor, or null: what the words say is a rule's matter
    /// @param asOf    the day it holds for, as exactly as [#dated] says: a month's first day, or the day of
    ///     the story when nobody says
    /// @param cites   whom the reporter cites, or null
    public record Figure(
            List<String> about,
            String measure,
            Extent extent,
            String words,
            @Nullable String translation,
            @Nullable Long low,
            @Nullable Long high,
            LocalDate asOf,
            Dated dated,
            String source,
            @Nullable String cites,
            LocalizedText subject) {
        private static final int ID = 16; // hex digits: 64 bits tell the figures of a campaign apart

        /// A figure has no name: what it says is its identity, all of it. Two that differ in one thing would else
        /// share an id, and a reader who goes on after it would come back to it for ever.
        public String id() {
            var all = Stream.of(
                    about,
                    measure,
                    extent,
                    words,
                    translation,
                    low,
                    high,
                    asOf,
                    dated,
                    source,
                    cites,
                    subject.en(),
                    subject.es());
            var said = all.map(String::valueOf).collect(Collectors.joining("\0")); // which stands in no text
            return Hash.sha256(said.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID);
        }

        /// The day or the month it holds for, `2016-11-16` or `2015-08`; null when nobody says.
        public @Nullable String asOfSaid() {
            return switch (dated) {
                case DAY -> asOf.toString();
                case MONTH -> YearMonth.from(asOf).toString();
                case NOT -> null;
            };
        }
    }

    /// How exactly a source says which day its figure holds for.
    public enum Dated {
        DAY,
        MONTH,
        NOT
    }

    /// What a source says.
    public record Statement(String source, LocalizedText text) {}

    public Optional<Campus> campus(String id) {
        return campuses.stream().filter(campus -> campus.id().equals(id)).findFirst();
    }

    public Optional<Petition> petition(String petition) {
        return petitions.stream().filter(one -> one.slug().equals(petition)).findFirst();
    }

    public Optional<Action> action(String action) {
        return actions.stream().filter(one -> one.slug().equals(action)).findFirst();
    }

    public Optional<LetterDrive> letter(String letter) {
        return letters.stream().filter(one -> one.slug().equals(letter)).findFirst();
    }

    /// What an action is called where its kind and day are told apart; the campaign's name if it has no title.
    public LocalizedText titleOf(Action action) {
        return action.title() == null ? name : action.title();
    }

    public List<Petition> petitionsOf(String campus) {
        return petitions.stream().filter(one -> one.campus().equals(campus)).toList();
    }

    public List<Action> actionsOf(String campus) {
        return actions.stream().filter(one -> one.campuses().contains(campus)).toList();
    }

    /// The campuses of an action, in its order.
    public List<Campus> campusesOf(Action action) {
        return action.campuses().stream().map(id -> campus(id).orElseThrow()).toList();
    }

    /// Whether a day of review went by in silence, as days go by at its campus.
    public boolean isOverdue(Answer answer, Instant now) {
        var zone = campus(answer.campus()).orElseThrow().zone();
        return answer.isOverdue(LocalDate.ofInstant(now, zone));
    }

    /// Whether people may still be asked to come to an action: its day is not over at its first campus.
    public boolean isAhead(Action action, Instant now) {
        var today = LocalDate.ofInstant(now, campusesOf(action).getFirst().zone());
        return action.isOn() && !action.date().isBefore(today);
    }

    public List<Answer> answersOf(String campus) {
        return answers.stream().filter(one -> one.campus().equals(campus)).toList();
    }

    /// Figures about this slug or campus id; with the empty string, those about the campaign as a whole.
    public List<Figure> figuresAbout(String subject) {
        return figures.stream()
                .filter(one ->
                        subject.isEmpty() ? one.about().isEmpty() : one.about().contains(subject))
                .toList();
    }

    public Source source(String id) {
        return sources.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    public Demand demand(int id) {
        return demands.stream().filter(one -> one.id() == id).findFirst().orElseThrow();
    }

    /// Everything a box may count, in the order of the document.
    public Stream<Countable> countables() {
        return Stream.of(
                        petitions.stream().map(one -> Countable.of(this, one)),
                        actions.stream().filter(Action::pledge).map(one -> Countable.of(this, one)),
                        letters.stream().filter(LetterDrive::counted).map(one -> Countable.of(this, one)))
                .flatMap(one -> one);
    }
}
