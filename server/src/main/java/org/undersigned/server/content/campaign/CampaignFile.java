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
import org.undersigned.server.content.answer.Label;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.document.Members;
import org.undersigned.server.content.letter.LetterDrive;

/// Reads a campaign document: strict about members, dates, and that everything named exists. docs/IMPORTING.md tells
/// its form; the demonstration's, `demo/sanctuary-campus.json`, shows it.
public final class CampaignFile {
    private static final List<String> MEASURES = List.of("planned", "held", "signed", "attended", "estimated");
    private static final List<String> LANGUAGES = List.of("en", "es");
    private static final List<String> KINDS = List.of("university", "high-school");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final int MOST_CAMPUSES = 10_000;

    private final Members in;
    private final List<Campaign> others;
    private Set<String> sources = Set.of();
    private Set<String> campuses = Set.of();
    private Set<String> demands = Set.of();
    /// When each source was.
    private final Map<String, LocalDate> published = new HashMap<>();
    /// What a figure may be about.
    private final Set<String> subjects = new HashSet<>();

    private CampaignFile(Members in, List<Campaign> others) {
        this.in = in;
        this.others = others;
    }

    /// @throws org.undersigned.server.document.WrongDocument naming line, column, the member that is wrong, as
    ///     `petitions[2].campus`, and what it wants
    public static Campaign parse(String document) {
        return parse(document, List.of());
    }

    /// As the other one, where other campaigns may have taken an address, such as `/a/walk`, already.
    ///
    /// @param there campaigns beside which it is to stand, or an older form of itself
    static Campaign parse(String document, List<Campaign> there) {
        var in = Members.of(document, "");
        var slug = in.slug("slug");
        var others = there.stream().filter(one -> !one.slug().equals(slug)).toList();
        var campaign = new CampaignFile(in, others).campaign();
        in.end();
        return campaign;
    }

    /// What is named comes before what names it.
    private Campaign campaign() {
        var stories = in.list("sources", CampaignFile::source);
        sources = unique("sources", stories, Campaign.Source::id);
        stories.forEach(story -> published.put(story.id(), story.date()));
        var asked = in.list("demands", this::demand);
        demands = unique("demands", asked, demand -> Integer.toString(demand.id()));
        var places = in.list("campuses", CampaignFile::campus);
        campuses = unique("campuses", places, Campaign.Campus::id);
        if (places.size() > MOST_CAMPUSES) throw in.wrong("campuses", "has more than " + MOST_CAMPUSES);
        var signed = in.list("petitions", this::petition);
        var petitions = unique("petitions", signed, Campaign.Petition::slug);
        free("petitions", petitions, Campaign::petition);
        var done = in.list("actions", action -> Action.read(action, campuses, sources));
        var actions = unique("actions", done, Action::slug);
        free("actions", actions, Campaign::action);
        for (var ids : List.of(campuses, petitions, actions)) subjects.addAll(ids);
        var letters = in.list("letters", letter -> LetterDrive.read(letter, sources));
        free("letters", unique("letters", letters, LetterDrive::slug), Campaign::letter);
        var answers = in.list("answers", answer -> Answer.read(answer, campuses, demands));
        unique("answers", answers, answer -> answer.campus() + " demand " + answer.demand());
        return new Campaign(
                in.slug("slug"),
                in.text("hashtag"),
                in.both("name"),
                conveners(),
                in.both("aim"),
                in.list("aimFrom", this::statement),
                in.both("call"),
                in.list("callFrom", this::statement),
                in.both("context"),
                in.list("contextFrom", this::statement),
                in.dateOrNull("opens"),
                in.dateOrNull("closes"),
                languages(),
                in.bothOrNull("press"),
                stories,
                asked,
                in.list("templates", this::template),
                in.list("updates", this::update),
                places,
                signed,
                done,
                letters,
                answers,
                in.list("labels", label -> Label.read(label, campuses, sources)),
                in.list("meetings", meeting -> Meeting.read(meeting, campuses, sources)),
                in.list("figures", this::figure),
                in.list("statements", this::statement));
    }

    private List<String> languages() {
        var languages = in.texts("languages");
        if (!languages.equals(LANGUAGES)) throw in.wrong("languages", "is not [\"en\", \"es\"]");
        return languages;
    }

    private static Campaign.Source source(Members in) {
        return new Campaign.Source(
                in.text("id"),
                in.text("outlet"),
                in.has("language") ? in.oneOf("language", LANGUAGES) : "en",
                in.textOrNull("by"),
                in.date("date"),
                in.list("notes", note -> note.both("text")),
                in.list("crossPosts", post -> post.both("text")),
                in.list("related", story -> story.both("text")));
    }

    private Campaign.Demand demand(Members in) {
        return new Campaign.Demand(
                in.id("id"),
                in.reference("source", sources),
                in.both("text"),
                in.flag("everywhere"),
                in.list("wordings", one -> new Campaign.Wording(one.date("until"), one.both("text"))));
    }

    private static Campaign.Campus campus(Members in) {
        var campus = new Campaign.Campus(
                in.text("id"),
                in.text("name"),
                in.text("place"),
                in.text("state"),
                in.zone("zone"),
                in.texts("domains"),
                in.between("latitude", -90, 90),
                in.between("longitude", -180, 180),
                in.textOrNull("system"),
                in.oneOf("kind", KINDS),
                in.objectOrNull(
                        "chapter",
                        one -> new Campaign.Chapter(
                                one.both("name"), one.dateOrNull("since"), one.bothOrNull("reach"))));
        if (!DOMAIN.matcher(campus.id()).matches()) throw in.wrong("id", "is not a domain");
        if (campus.domains().isEmpty()) throw in.wrong("domains", "names no mail domain");
        for (var domain : campus.domains()) {
            if (!DOMAIN.matcher(domain).matches())
                throw in.wrong("domains", "holds " + domain + ", which is not a domain");
        }
        if (!campus.state().matches("[A-Z]{2}")) throw in.wrong("state", "is not two letters, as CA");
        if ((campus.latitude() == null) != (campus.longitude() == null)) {
            throw in.wrong("latitude", "and longitude go together");
        }
        return campus;
    }

    private Campaign.Petition petition(Members in) {
        return new Campaign.Petition(
                in.slug("slug"),
                in.reference("campus", campuses),
                in.both("title"),
                in.both("by"),
                in.both("text"),
                in.bothOrNull("note"),
                demands(in),
                in.referenceOrNull("source", sources));
    }

    private List<Integer> demands(Members in) {
        var ids = in.numbers("demands");
        for (var id : ids) {
            if (!demands.contains(Integer.toString(id))) {
                throw in.wrong("demands", "names " + id + ", which is not there");
            }
        }
        return ids;
    }

    private List<Campaign.Convener> conveners() {
        var conveners = in.list("conveners", this::convener);
        unique("conveners", conveners, Campaign.Convener::name);
        return conveners;
    }

    private Campaign.Convener convener(Members in) {
        return new Campaign.Convener(in.text("name"), in.list("called", this::statement));
    }

    private Campaign.Template template(Members in) {
        return new Campaign.Template(
                in.slug("slug"), in.both("title"), in.both("text"), in.bothOrNull("note"), demands(in));
    }

    private Campaign.Update update(Members in) {
        return new Campaign.Update(in.date("date"), in.both("text"), in.referenceOrNull("source", sources));
    }

    private Campaign.Statement statement(Members in) {
        return new Campaign.Statement(in.reference("source", sources), in.both("text"));
    }

    private Campaign.Figure figure(Members in) {
        var source = in.reference("source", sources);
        var month = in.monthOrNull("asOf");
        var day = month == null ? in.dateOrNull("asOf") : month.atDay(1);
        var figure = new Campaign.Figure(
                in.references("about", subjects),
                in.oneOf("measure", MEASURES),
                in.has("extent") ? in.oneOf("extent", Campaign.Extent.values()) : Campaign.Extent.WHOLE,
                in.text("words"),
                in.textOrNull("translation"),
                in.numberOrNull("low"),
                in.numberOrNull("high"),
                day == null ? Objects.requireNonNull(published.get(source)) : day,
                day == null ? Campaign.Dated.NOT : month == null ? Campaign.Dated.DAY : Campaign.Dated.MONTH,
                source,
                in.textOrNull("cites"),
                in.both("subject"));
        if (figure.low() != null && figure.high() != null && figure.low() > figure.high()) {
            throw in.wrong("low", "is above high");
        }
        return figure;
    }

    /// Each has an address of its own, in whichever campaign.
    private void free(String list, Set<String> slugs, BiFunction<Campaign, String, Optional<?>> find) {
        for (var slug : slugs) {
            for (var other : others) {
                if (find.apply(other, slug).isPresent()) {
                    throw in.wrong(list, "has " + slug + ", which is taken by the campaign " + other.slug());
                }
            }
        }
    }

    private <T> Set<String> unique(String list, List<T> items, Function<T, String> id) {
        var ids = new HashSet<String>();
        for (var item : items) {
            if (!ids.add(id.apply(item))) throw in.wrong(list, "has " + id.apply(item) + " twice");
        }
        return ids;
    }
}
