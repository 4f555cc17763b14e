package org.undersigned.server.content.campaign;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.answer.SanctuaryLabel;
import org.undersigned.server.content.directory.MailDomain;
import org.undersigned.server.content.document.ObjectReader;
import org.undersigned.server.content.letter.LetterDrive;

/// Parses a campaign document. Strict: rejects unknown members, invalid dates, and references to ids that do not
/// exist. docs/IMPORTING.md describes the format; the demonstration, `demo/sanctuary-campus.json`, is an example.
public final class CampaignParser {
    private static final List<String> MEASURES = List.of("planned", "held", "signed", "attended", "estimated");
    private static final List<String> LANGUAGES = List.of("en", "es");
    private static final List<String> KINDS = List.of("university", "high-school");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final int MOST_CAMPUSES = 10_000;

    private final ObjectReader json;
    private final List<Campaign> others;
    private Set<String> sources = Set.of();
    private Set<String> campuses = Set.of();
    private Set<String> demands = Set.of();
    /// Publication day of each source.
    private final Map<String, LocalDate> published = new HashMap<>();
    /// Slugs and ids that a figure can refer to.
    private final Set<String> subjects = new HashSet<>();

    private CampaignParser(ObjectReader json, List<Campaign> others) {
        this.json = json;
        this.others = others;
    }

    /// @throws org.undersigned.server.content.document.InvalidDocument with line, column, the path of the wrong
    ///     member, such as `petitions[2].campus`, and the expected value
    public static Campaign parse(String document) {
        return parse(document, List.of());
    }

    /// Like the method above, but rejects addresses, such as `/a/walk`, that other campaigns already use.
    ///
    /// @param there the existing campaigns; an older version of the same campaign is ignored
    static Campaign parse(String document, List<Campaign> there) {
        var json = ObjectReader.of(document, "");
        var slug = json.slug("slug");
        var others = there.stream().filter(one -> !one.slug().equals(slug)).toList();
        var campaign = new CampaignParser(json, others).campaign();
        json.rejectUnreadMembers();
        return campaign;
    }

    /// Parses definitions before the members that refer to them.
    private Campaign campaign() {
        var stories = json.list("sources", CampaignParser::source);
        sources = unique("sources", stories, Campaign.Source::id);
        stories.forEach(story -> published.put(story.id(), story.date()));
        var asked = json.list("demands", this::demand);
        demands = unique("demands", asked, demand -> Integer.toString(demand.id()));
        var places = json.list("campuses", CampaignParser::campus);
        campuses = unique("campuses", places, Campaign.Campus::id);
        if (places.size() > MOST_CAMPUSES) throw json.wrong("campuses", "has more than " + MOST_CAMPUSES);
        var signed = json.list("petitions", this::petition);
        var petitions = unique("petitions", signed, Campaign.Petition::slug);
        requireUnusedAddresses("petitions", petitions, Campaign::petition);
        var done = json.list("actions", action -> action(action, places));
        var actions = unique("actions", done, Action::slug);
        requireUnusedAddresses("actions", actions, Campaign::action);
        for (var ids : List.of(campuses, petitions, actions)) subjects.addAll(ids);
        var letters = json.list("letters", letter -> LetterDrive.read(letter, sources));
        requireUnusedAddresses("letters", unique("letters", letters, LetterDrive::slug), Campaign::letter);
        var answers = json.list("answers", answer -> Answer.read(answer, campuses, demands));
        unique("answers", answers, answer -> answer.campus() + " demand " + answer.demand());
        return new Campaign(
                json.slug("slug"),
                json.text("hashtag"),
                json.localizedLine("name"),
                conveners(),
                json.localized("aim"),
                json.list("aimFrom", this::statement),
                json.localized("call"),
                json.list("callFrom", this::statement),
                json.localized("context"),
                json.list("contextFrom", this::statement),
                json.dateOrNull("opens"),
                json.dateOrNull("closes"),
                languages(),
                json.localizedOrNull("press"),
                stories,
                asked,
                json.list("templates", this::template),
                json.list("updates", this::update),
                places,
                signed,
                done,
                letters,
                answers,
                json.list("labels", label -> SanctuaryLabel.read(label, campuses, sources)),
                json.list("meetings", meeting -> Meeting.read(meeting, campuses, sources)),
                json.list("figures", this::figure),
                json.list("statements", this::statement),
                CampaignIndex.of(stories, places, signed, done, letters, answers));
    }

    private List<String> languages() {
        var languages = json.texts("languages");
        if (!languages.equals(LANGUAGES)) throw json.wrong("languages", "is not [\"en\", \"es\"]");
        return languages;
    }

    private static Campaign.Source source(ObjectReader json) {
        return new Campaign.Source(
                json.text("id"),
                json.text("outlet"),
                json.has("language") ? json.oneOf("language", LANGUAGES) : "en",
                json.textOrNull("by"),
                json.date("date"),
                json.list("notes", note -> note.localized("text")),
                json.list("crossPosts", post -> post.localized("text")),
                json.list("related", story -> story.localized("text")));
    }

    private Campaign.Demand demand(ObjectReader json) {
        return new Campaign.Demand(
                json.id("id"),
                json.reference("source", sources),
                json.localized("text"),
                json.flag("everywhere"),
                json.list("wordings", one -> new Campaign.Wording(one.date("until"), one.localized("text"))));
    }

    private static Campaign.Campus campus(ObjectReader json) {
        var campus = new Campaign.Campus(
                json.text("id"),
                json.text("name"),
                json.text("place"),
                json.text("state"),
                json.zone("zone"),
                members(json),
                json.numberBetweenOrNull("latitude", -90, 90),
                json.numberBetweenOrNull("longitude", -180, 180),
                json.textOrNull("system"),
                json.oneOf("kind", KINDS),
                json.objectOrNull(
                        "chapter",
                        one -> new Campaign.Chapter(
                                one.localized("name"), one.dateOrNull("since"), one.localizedOrNull("reach"))));
        if (!DOMAIN.matcher(campus.id()).matches()) throw json.wrong("id", "is not a domain");
        if (!campus.state().matches("[A-Z]{2}")) throw json.wrong("state", "is not two letters like CA");
        if ((campus.latitude() == null) != (campus.longitude() == null)) {
            throw json.wrong("latitude", "and longitude must be given together");
        }
        return campus;
    }

    private Action action(ObjectReader json, List<Campaign.Campus> places) {
        var action = Action.read(json, campuses, sources);
        if (action.time() == null) return action;
        var zone = places.stream()
                .filter(campus -> campus.id().equals(action.campuses().getFirst()))
                .findFirst()
                .orElseThrow()
                .zone();
        if (zone.getRules().getValidOffsets(action.date().atTime(action.time())).isEmpty()) {
            throw json.wrong(
                    "time",
                    "is " + action.time() + ", which no clock in " + zone + " shows on " + action.date()
                            + ": clocks go forward");
        }
        return action;
    }

    private static Campaign.Membership members(ObjectReader json) {
        var domains = json.texts("domains");
        if (domains.isEmpty()) throw json.wrong("domains", "contains no mail domain");
        var separate = json.texts("separateDomains");
        var folds = json.texts("folds");
        var countsAlumni = json.flag("countsAlumni");
        var all = new HashSet<String>();
        for (var name : List.of("domains", "separateDomains")) {
            for (var domain : name.equals("domains") ? domains : separate) {
                checkDomain(json, name, domain, countsAlumni);
                if (!all.add(domain)) throw json.wrong(name, "contains " + domain + " twice");
            }
        }
        for (var fold : folds) {
            if (!Campaign.Membership.FOLDS.contains(fold)) {
                throw json.wrong(
                        "folds",
                        "contains \"" + fold + "\", not one of " + String.join(", ", Campaign.Membership.FOLDS));
            }
        }
        return new Campaign.Membership(domains, separate, folds);
    }

    private static void checkDomain(ObjectReader json, String name, String domain, boolean countsAlumni) {
        try {
            if (new MailDomain(domain).isOfAlumni() && !countsAlumni) {
                throw json.wrong(
                        name,
                        "contains " + domain
                                + ", where people have addresses who left the campus; add \"countsAlumni\":"
                                + " true if they are to count as its members");
            }
        } catch (IllegalArgumentException e) {
            throw json.wrong(name, "contains " + domain + ", which " + e.getMessage());
        }
    }

    private Campaign.Petition petition(ObjectReader json) {
        return new Campaign.Petition(
                json.slug("slug"),
                json.reference("campus", campuses),
                json.localizedLine("title"),
                json.localized("by"),
                json.localized("text"),
                json.localizedOrNull("note"),
                demands(json),
                json.referenceOrNull("source", sources));
    }

    private List<Integer> demands(ObjectReader json) {
        var ids = json.numbers("demands");
        for (var id : ids) {
            if (!demands.contains(Integer.toString(id))) {
                throw json.wrong("demands", "refers to " + id + ", which is not defined");
            }
        }
        return ids;
    }

    private List<Campaign.Convener> conveners() {
        var conveners = json.list("conveners", this::convener);
        unique("conveners", conveners, Campaign.Convener::name);
        return conveners;
    }

    private Campaign.Convener convener(ObjectReader json) {
        return new Campaign.Convener(json.text("name"), json.list("called", this::statement));
    }

    private Campaign.Template template(ObjectReader json) {
        return new Campaign.Template(
                json.slug("slug"),
                json.localizedLine("title"),
                json.localized("text"),
                json.localizedOrNull("note"),
                demands(json));
    }

    private Campaign.Update update(ObjectReader json) {
        return new Campaign.Update(json.date("date"), json.localized("text"), json.referenceOrNull("source", sources));
    }

    private Campaign.Statement statement(ObjectReader json) {
        return new Campaign.Statement(json.reference("source", sources), json.localized("text"));
    }

    private Campaign.Figure figure(ObjectReader json) {
        var source = json.reference("source", sources);
        var month = json.monthOrNull("asOf");
        var day = month == null ? json.dateOrNull("asOf") : month.atDay(1);
        var figure = new Campaign.Figure(
                json.references("about", subjects),
                json.oneOf("measure", MEASURES),
                json.has("extent") ? json.oneOf("extent", Campaign.Extent.values()) : Campaign.Extent.WHOLE,
                json.text("words"),
                json.textOrNull("translation"),
                json.numberOrNull("low"),
                json.numberOrNull("high"),
                day == null ? Objects.requireNonNull(published.get(source)) : day,
                day == null
                        ? Campaign.DatePrecision.UNKNOWN
                        : month == null ? Campaign.DatePrecision.DAY : Campaign.DatePrecision.MONTH,
                source,
                json.textOrNull("cites"),
                json.localized("subject"));
        if (figure.low() != null && figure.high() != null && figure.low() > figure.high()) {
            throw json.wrong("low", "is above high");
        }
        return figure;
    }

    /// Checks that no other campaign uses these slugs, because each is part of an address.
    private void requireUnusedAddresses(
            String list, Set<String> slugs, BiFunction<Campaign, String, Optional<?>> find) {
        for (var slug : slugs) {
            for (var other : others) {
                if (find.apply(other, slug).isPresent()) {
                    throw json.wrong(list, "has " + slug + ", which belongs to the campaign " + other.slug());
                }
            }
        }
    }

    private <T> Set<String> unique(String list, List<T> items, Function<T, String> id) {
        var ids = new HashSet<String>();
        for (var item : items) {
            if (!ids.add(id.apply(item))) throw json.wrong(list, "has " + id.apply(item) + " twice");
        }
        return ids;
    }
}
