package org.undersigned.server.publish.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.ActionText;
import org.undersigned.server.site.view.LetterPage;

/// Composes the texts of flyers in a reader's language. A flyer never invites people to sign a closed petition or
/// to come to a past action.
final class FlyerComposer {
    private static final int MOST_NAMED = 3; // campuses

    private final PageContext page;
    private final Snapshot shown;

    FlyerComposer(PageContext page, Snapshot shown) {
        this.page = page;
        this.shown = shown;
    }

    Flyer of(Campaign campaign, Campaign.Petition petition) {
        var open = isOpen(shown.counted(petition.path()));
        return new Flyer(
                page.t("paper.petition", campus(campaign, petition.campus()).name()),
                shown.counted(petition.path()) == null || open ? List.of() : List.of(page.t("petition.closed")),
                page.in(petition.title()),
                List.of(),
                page.in(petition.text()),
                page.t("petition.demands"),
                campaign.demands().stream()
                        .filter(demand -> petition.demands().contains(demand.id()))
                        .map(demand -> page.in(demand.text()))
                        .toList(),
                0,
                List.of(),
                page.t(open ? "paper.scan.p" : "paper.scan"),
                open ? page.t("petition.anonymous") : "",
                page.t("petition.by") + ": " + page.in(petition.by()),
                page.publicUrl() + petition.path());
    }

    Flyer of(Campaign campaign, Action action) {
        var counted = shown.counted(action.path());
        var open = isOpen(counted) && campaign.isUpcoming(action, shown.taken());
        return new Flyer(
                page.t("kind." + action.kindWord()) + " · " + page.in(campaign.name()),
                notices(action),
                page.in(campaign.titleOf(action)),
                facts(campaign, action),
                action.about() == null ? "" : page.in(action.about()),
                page.t("paper.route"),
                action.stops().size() < 2
                        ? List.of()
                        : action.stops().stream().map(page::in).toList(),
                0,
                Stream.of(note("action.accessibility", action.accessibility()), note("action.bring", action.bring()))
                        .flatMap(List::stream)
                        .toList(),
                page.t(open ? "paper.scan.a" : "paper.scan"),
                open ? page.t("action.anonymous") : "",
                "",
                page.publicUrl() + action.path());
    }

    Flyer of(Campaign campaign, LetterDrive drive) {
        var over = !shown.taken().isBefore(drive.deadline());
        var deadline = LetterPage.deadline(drive, page);
        return new Flyer(
                page.in(campaign.name()),
                over ? List.of(page.t("letter.over", page.date(drive.lastDay()))) : List.of(),
                page.in(drive.title()),
                over ? List.of() : List.of(page.t("paper.until", deadline)),
                page.in(drive.why()),
                "",
                List.of(),
                0,
                List.of(),
                page.t(over ? "paper.scan" : "paper.scan.l"),
                over ? "" : page.t("paper.private"),
                page.t("letter.by") + ": " + page.in(drive.by()),
                page.publicUrl() + drive.path());
    }

    /// Of the page where people draw a book without signing.
    Flyer of(Campaign campaign, Campaign.Campus campus) {
        return new Flyer(
                page.in(campaign.name()) + " · " + campus.name(),
                List.of(),
                page.t("book.flyer.title"),
                List.of(),
                page.t("book.flyer.lead"),
                page.t("book.flyer.heading"),
                List.of(page.t("book.flyer.1"), page.t("book.flyer.2"), page.t("book.flyer.3")),
                0,
                List.of(),
                page.t("book.flyer.scan"),
                page.t("book.flyer.assurance"),
                "",
                page.publicUrl() + "/c/" + campus.id() + "/book");
    }

    private static boolean isOpen(@Nullable BoxCounts counted) {
        return counted != null && counted.open();
    }

    private static Campaign.Campus campus(Campaign campaign, String id) {
        return campaign.campus(id).orElseThrow();
    }

    /// Returns the notices of an action: cancelled or over, and its newest change.
    private List<String> notices(Action action) {
        var notices = new ArrayList<String>();
        switch (action.state()) {
            case CANCELLED, HELD -> notices.add(page.t("paper.state." + action.stateWord()));
            case PLANNED, CONFIRMED, CHANGED -> {}
        }
        action.changes().stream()
                .findFirst()
                .ifPresent(change -> notices.add(page.date(change.date()) + ": " + page.in(change.text())));
        return notices;
    }

    private List<String> facts(Campaign campaign, Action action) {
        var facts = new ArrayList<String>();
        var text = new ActionText(campaign, action, page);
        facts.add(action.time() == null ? page.date(action.date()) : text.when());
        facts.add(
                action.campuses().size() > MOST_NAMED
                        ? page.t("paper.campuses", page.number(action.campuses().size()))
                        : action.campuses().stream()
                                .map(id -> campus(campaign, id))
                                .map(campus -> campus.name() + ", " + campus.place())
                                .collect(Collectors.joining(" · ")));
        if (action.stops().size() == 1) facts.add(page.in(action.stops().getFirst()));
        return facts;
    }

    private List<String> note(String key, @Nullable LocalizedText text) {
        return text == null ? List.of() : List.of(page.t(key) + ": " + page.in(text));
    }
}
