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

/// A campaign's public content; immutable. Facts that no source states are null or empty.
///
/// @param conveners the people and groups that call for it
/// @param aimFrom   where each source has the aim from; empty if the conveners publish it here themselves. The same
///     applies to `callFrom` and `contextFrom`
/// @param opens     its first day, or null
/// @param closes    its last day, or null
/// @param languages of the texts it publishes: `en`, `es`
/// @param press     public contact for journalists, such as an office and its hours; or null
/// @param templates for petitions that chapters start
/// @param updates   newest first
/// @param index     of the lists above
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
        List<Statement> statements,
        CampaignIndex index) {

    /// A person or group that calls for the campaign, and how the reports describe them.
    public record Convener(String name, List<Statement> descriptions) {}

    /// A published report: its outlet, author and date.
    ///
    /// @param language   of its text: `en` or `es`
    /// @param by         its reporters, or null if it names none
    /// @param notes      other information about it
    /// @param crossPosts other places where it is published
    /// @param related    pages it links to
    public record Source(
            String id,
            String outlet,
            String language,
            @Nullable String by,
            LocalDate date,
            List<LocalizedText> notes,
            List<LocalizedText> crossPosts,
            List<LocalizedText> related) {}

    /// A demand of the campaign.
    ///
    /// @param source     the report with this wording
    /// @param everywhere true if the campaign demands it of every campus, even without a petition there
    /// @param wordings   earlier wordings, newest first
    public record Demand(int id, String source, LocalizedText text, boolean everywhere, List<Wording> wordings) {}

    /// A demand's wording up to a day.
    public record Wording(LocalDate until, LocalizedText text) {}

    /// @param note about its wording, not part of the text; or null
    public record Template(
            String slug,
            LocalizedText title,
            LocalizedText text,
            @Nullable LocalizedText note,
            List<Integer> demands) {}

    /// News of the campaign.
    public record Update(
            LocalDate date, LocalizedText text, @Nullable String source) {}

    /// Which addresses belong to a campus.
    ///
    /// @param domains         mail domains at which the same name is the same person; the first is the main one
    /// @param separateDomains mail domains at which the same name is another person, each for itself
    /// @param folds           what does not count in a name, besides capitals and `+tags`: `dots`, `hyphen-tag`
    public record Membership(List<String> domains, List<String> separateDomains, List<String> folds) {
        public static final List<String> FOLDS = List.of("dots", "hyphen-tag");
    }

    /// @param id        the main e-mail domain
    /// @param state     two letters
    /// @param latitude  degrees north, or null
    /// @param longitude degrees east, or null
    /// @param system    the university system it belongs to, or null
    /// @param kind      `university` or `high-school`
    /// @param chapter   the campaign's local group, or null
    public record Campus(
            String id,
            String name,
            String place,
            String state,
            ZoneId zone,
            Membership members,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String system,
            String kind,
            @Nullable Chapter chapter) {
        /// All mail domains of its members.
        public List<String> domains() {
            return Stream.concat(members.domains().stream(), members.separateDomains().stream())
                    .toList();
        }

        /// The city: `Medford` for the place "Medford, Massachusetts"; empty if the place is only a state's
        /// name.
        public Optional<String> city() {
            var comma = place.lastIndexOf(", ");
            return comma < 0 ? Optional.empty() : Optional.of(place.substring(0, comma));
        }
    }

    /// A campaign's local group at a campus.
    ///
    /// @param since its first day, or null
    /// @param reach public contact, such as where and when it meets; or null
    public record Chapter(
            LocalizedText name,
            @Nullable LocalDate since,
            @Nullable LocalizedText reach) {}

    /// @param note   about its wording, not part of the signed text; or null
    /// @param source the report that says who wrote or signed it, or null
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

    /// How much of its subject a figure covers. A figure of speakers (PART), of a whole county (WIDER) or of the
    /// other side (OPPOSING) is not a figure of the action itself.
    public enum Extent {
        WHOLE,
        PART,
        WIDER,
        OPPOSING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A figure as reported, with its wording, date and source.
    ///
    /// @param about   slugs and campus ids it refers to; empty for the campaign as a whole
    /// @param measure planned, held, signed, attended or estimated
    /// @param words   as printed
    /// @param translation the words in the site's other language, or null
    /// @param low     given by the document's editor, or null: other code derives a number from the words
    /// @param asOf    the day the figure refers to, with the precision in `dated`: a month's first day, or the
    ///     report's day if no source states one
    /// @param cites   the authority that the reporter cites, or null
    public record Figure(
            List<String> about,
            String measure,
            Extent extent,
            String words,
            @Nullable String translation,
            @Nullable Long low,
            @Nullable Long high,
            LocalDate asOf,
            DatePrecision dated,
            String source,
            @Nullable String cites,
            LocalizedText subject) {
        private static final int ID = 16; // hex digits: 64 bits distinguish the figures of a campaign

        /// An id derived from all fields, because a figure has no name. If the id left out a field, two figures
        /// that differ only there would share an id, and a reader that pages by id would return to the first
        /// one for ever.
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
            var said = all.map(String::valueOf).collect(Collectors.joining("\0")); // no text contains \0
            return Hash.sha256(said.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID);
        }

        /// The day or the month the figure refers to, `2016-11-16` or `2015-08`; null if no source states it.
        public @Nullable String asOfText() {
            return switch (dated) {
                case DAY -> asOf.toString();
                case MONTH -> YearMonth.from(asOf).toString();
                case UNKNOWN -> null;
            };
        }
    }

    /// How precisely a source states the day a figure refers to.
    public enum DatePrecision {
        DAY,
        MONTH,
        UNKNOWN
    }

    /// A statement by a source.
    public record Statement(String source, LocalizedText text) {}

    public Optional<Campus> campus(String id) {
        return Optional.ofNullable(index.campuses().get(id));
    }

    public Optional<Petition> petition(String petition) {
        return Optional.ofNullable(index.petitions().get(petition));
    }

    public Optional<Action> action(String action) {
        return Optional.ofNullable(index.actions().get(action));
    }

    public Optional<LetterDrive> letter(String letter) {
        return Optional.ofNullable(index.letters().get(letter));
    }

    /// The action's title for places that show kind and day separately; the campaign's name if it has no title.
    public LocalizedText titleOf(Action action) {
        return action.title() == null ? name : action.title();
    }

    public List<Petition> petitionsOf(String campus) {
        return index.petitionsByCampus().getOrDefault(campus, List.of());
    }

    public List<Action> actionsOf(String campus) {
        return index.actionsByCampus().getOrDefault(campus, List.of());
    }

    /// The campuses of an action, in its own order.
    public List<Campus> campusesOf(Action action) {
        return action.campuses().stream().map(id -> campus(id).orElseThrow()).toList();
    }

    /// True if the day of review passed without a new answer, by the calendar of the campus.
    public boolean isOverdue(Answer answer, Instant now) {
        var zone = campus(answer.campus()).orElseThrow().zone();
        return answer.isOverdue(LocalDate.ofInstant(now, zone));
    }

    /// True if people can still be invited to an action: it is on, and its day is not over at its first campus.
    public boolean isUpcoming(Action action, Instant now) {
        var today = LocalDate.ofInstant(now, campusesOf(action).getFirst().zone());
        return action.isPlanned() && !action.date().isBefore(today);
    }

    public List<Answer> answersOf(String campus) {
        return index.answersByCampus().getOrDefault(campus, List.of());
    }

    /// Figures about this slug or campus id; with the empty string, those about the campaign as a whole.
    public List<Figure> figuresAbout(String subject) {
        return figures.stream()
                .filter(one ->
                        subject.isEmpty() ? one.about().isEmpty() : one.about().contains(subject))
                .toList();
    }

    public Source source(String id) {
        return Optional.ofNullable(index.sources().get(id)).orElseThrow();
    }

    public Demand demand(int id) {
        return demands.stream().filter(one -> one.id() == id).findFirst().orElseThrow();
    }

    /// Everything that a box can count, in the order of the document.
    public Stream<Countable> countables() {
        return countablePaths().flatMap(path -> countable(path).stream());
    }

    /// The paths of everything that a box can count, in the order of the document. It builds no text to sign, which
    /// takes much longer.
    public Stream<String> countablePaths() {
        return Stream.of(
                        petitions.stream().map(Petition::path),
                        actions.stream().filter(Action::pledge).map(Action::path),
                        letters.stream().filter(LetterDrive::countsSenders).map(LetterDrive::path))
                .flatMap(one -> one);
    }

    /// What a box can count at a path.
    public Optional<Countable> countable(String path) {
        var slug = path.substring(path.lastIndexOf('/') + 1);
        return Stream.of(
                        petition(slug).filter(one -> one.path().equals(path)).map(one -> Countable.of(this, one)),
                        action(slug)
                                .filter(one -> one.pledge() && one.path().equals(path))
                                .map(one -> Countable.of(this, one)),
                        letter(slug)
                                .filter(one -> one.countsSenders() && one.path().equals(path))
                                .map(one -> Countable.of(this, one)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
