package org.undersigned.server.publish.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.view.ActionText;

/// The news of one campaign: each item is a feed entry with its own id.
///
/// The time of an item that has only a date is noon UTC, which is on the same date from Honolulu to Berlin; the
/// times of an action come from its revision. Several items of one date are numbered in the order in which they
/// were added, so that later items do not change the numbers.
///
/// @param host the instance's name, which makes ids unique
record CampaignNews(CampaignStore.StoredCampaign stored, PageContext page, String host) {
    private static final int LONGEST_TITLE = 120; // characters

    private Campaign campaign() {
        return stored.campaign();
    }

    /// Returns a `tag:` URI (RFC 4151) for an object of this instance.
    ///
    /// The year 2026 is the first year in which an instance could create such a URI.
    static String tag(String host, String what) {
        return "tag:" + host + ",2026:" + what;
    }

    static Instant noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }

    /// Returns entries for the campaign's updates, these actions, and each step of these answers.
    Stream<Feed.Entry> entries(List<Action> actions, List<Answer> answers) {
        return Stream.of(
                        updates(),
                        actions.stream().map(this::action),
                        answers.stream().flatMap(this::answer))
                .flatMap(all -> all);
    }

    private Stream<Feed.Entry> updates() {
        var updates = campaign().updates();
        var dates = updates.stream().map(Campaign.Update::date).toList();
        var entries = new ArrayList<Feed.Entry>();
        for (var i = 0; i < updates.size(); i++) {
            var update = updates.get(i);
            entries.add(new Feed.Entry(
                    tag(host, home() + "/updates/" + update.date() + "/" + placeInDay(dates, i)),
                    shortened(page.in(update.text())),
                    noon(update.date()),
                    noon(update.date()),
                    author(update.source()),
                    address(home()),
                    List.of(category("update", "follow.feed.update"), hashtag()),
                    new HtmlFragment().paragraph(page.in(update.text())).toString()));
        }
        return entries.stream();
    }

    private Feed.Entry action(Action action) {
        var text = new ActionText(campaign(), action, page);
        var revision = stored.revision(action);
        var html = new HtmlFragment()
                .paragraph(text.kind() + " (" + text.state() + ")")
                .paragraph(text.when() + " · " + text.campusNames())
                .numbered(text.stops());
        for (var note : text.notes()) html.paragraph(note.heading(), note.text());
        html.link("", address(action.path() + "/action.ics"), page.t("action.calendar"));
        var categories = new ArrayList<>(List.of(
                category("action", "follow.feed.action"),
                category(action.kindWord(), "kind." + action.kindWord()),
                category(action.stateWord(), "state." + action.stateWord()),
                hashtag()));
        for (var campus : text.campuses()) categories.add(new Feed.Category(campus.id(), campus.name()));
        var told = action.isPlanned() || action.state() == Action.State.CANCELLED;
        return new Feed.Entry(
                tag(host, action.path()),
                told ? page.t("follow.feed.actionTitle", text.title(), text.state()) : text.title(),
                revision.published(),
                revision.updated(),
                author(action.source()),
                address(action.path()),
                categories,
                html.toString());
    }

    private Stream<Feed.Entry> answer(Answer answer) {
        var dates = answer.history().stream().map(Answer.Step::date).toList();
        return IntStream.range(0, dates.size())
                .mapToObj(i -> step(answer, answer.history().get(i), placeInDay(dates, i)));
    }

    private Feed.Entry step(Answer answer, Answer.Step step, int place) {
        var campus = campaign().campus(answer.campus()).orElseThrow();
        var demand = page.in(campaign().demand(answer.demand()).text());
        var status = page.t("status." + step.statusWord());
        var html = new HtmlFragment()
                .paragraph(demand)
                .paragraph(status, page.t("status." + step.statusWord() + ".means"));
        if (step.by() != null) html.paragraph(page.in(step.by()));
        if (step.words() != null) html.quote(page.in(step.words()));
        addEvidence(html, step);
        var name = "/c/" + campus.id() + "/" + campaign().slug() + "/demand-" + answer.demand();
        return new Feed.Entry(
                tag(host, name + "/" + step.date() + "/" + place),
                page.t("follow.feed.answerTitle", campus.name(), status, demand),
                noon(step.date()),
                noon(step.date()),
                step.by() == null ? campus.name() : campus.name() + ", " + page.in(step.by()),
                address("/c/" + campus.id()) + "#demand-" + answer.demand(),
                List.of(
                        category("answer", "follow.feed.answer"),
                        category(step.statusWord(), "status." + step.statusWord()),
                        hashtag(),
                        new Feed.Category(campus.id(), campus.name())),
                html.toString());
    }

    private void addEvidence(HtmlFragment html, Answer.Step step) {
        var evidence = step.evidence();
        if (evidence != null) {
            var title = page.in(evidence.title());
            var seen = ", " + page.t("answer.seen", page.date(evidence.seen()));
            var what = page.t("answer.evidence") + ": ";
            if (evidence.link() == null) html.paragraph(what + title + seen);
            else html.link(what, evidence.link().toString(), title + seen);
        }
        var legal = step.legal();
        if (legal != null) {
            html.paragraph(
                    page.t("answer.legal") + ": " + page.in(legal.text()) + " (" + page.date(legal.asOf()) + ")");
        }
    }

    /// Returns the number of the item among the items of its date, from 1, in the order in which they were added.
    ///
    /// @param dates newest first
    private static int placeInDay(List<LocalDate> dates, int index) {
        return (int) dates.subList(index, dates.size()).stream()
                .filter(dates.get(index)::equals)
                .count();
    }

    /// Returns the text as a title; a long text is cut between two words.
    private static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_TITLE) return line;
        var end = line.lastIndexOf(' ', LONGEST_TITLE);
        return line.substring(0, end > 0 ? end : line.offsetByCodePoints(0, LONGEST_TITLE / 2)) + "…";
    }

    private Feed.Category category(String term, String key) {
        return new Feed.Category(term, page.t(key));
    }

    private Feed.Category hashtag() {
        return new Feed.Category(campaign().slug(), campaign().hashtag());
    }

    /// Returns the author: the outlet of the source, or without a source the first convener, or without conveners
    /// the campaign.
    private String author(@Nullable String source) {
        if (source != null) return campaign().source(source).outlet();
        var conveners = campaign().conveners();
        return conveners.isEmpty()
                ? page.in(campaign().name())
                : conveners.getFirst().name();
    }

    private String home() {
        return "/k/" + campaign().slug();
    }

    private String address(String path) {
        return page.publicUrl() + page.link(path);
    }
}
