package org.undersigned.server.publish.share;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.view.ActionPage;
import org.undersigned.server.site.view.ActionText;
import org.undersigned.server.site.view.CampaignPage;

/// Builds the texts of each page's preview picture, in the page's language. The only numbers on it are counts of
/// this instance: a reported number needs its source next to it, and people share a picture without the page.
final class CardContents {
    private CardContents() {}

    /// The card of pages that belong to no campaign.
    static Card site(PageContext page) {
        return new Card("", page.t("motto"), "", "", "", List.of(), page.t("site"), "");
    }

    /// @param counted by path
    static Card campaign(PageContext page, Campaign campaign, Map<String, BoxCounts> counted) {
        var figures = new CampaignPage(campaign, counted)
                .totals().stream()
                        .map(total ->
                                new Card.Figure(page.number(total.count()), page.t("total.counted." + total.name())))
                        .toList();
        var detail = figures.isEmpty() ? page.in(campaign.aim()) : "";
        return card(
                page,
                campaign.hashtag(),
                page.in(campaign.name()),
                "",
                detail,
                figures,
                newestCountDay(page, campaign, counted));
    }

    /// The card of a campus, with the counts of its petition if it has exactly one: counts of several are not one
    /// number.
    ///
    /// @param counted by path
    static Card campus(PageContext page, Campaign campaign, Campaign.Campus campus, Map<String, BoxCounts> counted) {
        var petitions = campaign.petitionsOf(campus.id());
        var only = petitions.size() == 1 ? counted.get(petitions.getFirst().path()) : null;
        return card(
                page, page.in(campaign.name()), campus.name(), "", campus.place(), "signatures", only, campus.zone());
    }

    static Card petition(PageContext page, Campaign campaign, Campaign.Petition petition, @Nullable BoxCounts counted) {
        var campus = campaign.campus(petition.campus()).orElseThrow();
        return card(page, campus.name(), page.in(petition.title()), "", "", "signatures", counted, campus.zone());
    }

    static Card action(PageContext page, Campaign campaign, Action action, @Nullable BoxCounts counted) {
        var view = new ActionPage(campaign, action);
        var times = view.times();
        // With several local times the page shows each of them; one of them alone would mislead the other campuses.
        var when = times.size() != 1
                ? page.date(action.date())
                : page.moment(times.getFirst().at().toInstant(), view.zone()) + ", "
                        + page.zone(times.getFirst().at());
        var state = new ActionText(campaign, action, page).state();
        var notice = action.state() == Action.State.CANCELLED
                ? state.substring(0, 1).toUpperCase(page.locale()) + state.substring(1)
                : "";
        return card(page, view.campusNames(), view.title(page), notice, when, "coming", counted, view.zone());
    }

    static Card letter(PageContext page, Campaign campaign, LetterDrive drive, @Nullable BoxCounts counted) {
        var until = page.t("card.deadline", page.date(drive.lastDay()));
        return card(
                page, page.in(campaign.name()), page.in(drive.title()), "", until, "letters", counted, drive.zone());
    }

    /// The card of a petition, an action or a letter drive; empty if the campaign has none at that path.
    static Optional<Card> at(PageContext page, Campaign campaign, String path, @Nullable BoxCounts counted) {
        var slug = path.substring(3);
        return switch (path.charAt(1)) {
            case 'p' -> campaign.petition(slug).map(one -> petition(page, campaign, one, counted));
            case 'a' -> campaign.action(slug).map(one -> action(page, campaign, one, counted));
            default -> campaign.letter(slug).map(one -> letter(page, campaign, one, counted));
        };
    }

    private static Card card(
            PageContext page,
            String where,
            String title,
            String notice,
            String detail,
            String what,
            @Nullable BoxCounts counted,
            ZoneId zone) {
        var figures = new ArrayList<Card.Figure>();
        if (counted != null && counted.isPublished()) {
            for (var cls : counted.classes())
                figures.add(figure(page, cls, what, counted.classes().size() > 1));
        }
        var newest = counted == null ? null : counted.newest();
        return card(page, where, title, notice, detail, figures, newest == null ? "" : countedOn(page, newest, zone));
    }

    /// @param named true if the words also name the class, because there are others
    private static Card.Figure figure(PageContext page, Boxes.ClassCount cls, String what, boolean named) {
        var number = BoxCounts.isShown(cls.count()) ? page.number(cls.count()) : page.t("count.few");
        var words = page.t("count." + what);
        return new Card.Figure(number, named ? words + " · " + page.t("record.class." + cls.name()) : words);
    }

    private static Card card(
            PageContext page,
            String where,
            String title,
            String notice,
            String detail,
            List<Card.Figure> figures,
            String countedOn) {
        var counted = figures.isEmpty() ? "" : countedOn;
        var note = page.demo() && !figures.isEmpty() ? page.t("demoSigners") : page.t("motto");
        return new Card(where, title, notice, detail, counted, figures, page.t("site"), note);
    }

    private static String countedOn(PageContext page, Instant newest, ZoneId zone) {
        return page.t("card.counted", page.date(newest, zone));
    }

    /// The day of the newest count, in the time zone of that petition's campus; empty if no count is shown.
    private static String newestCountDay(PageContext page, Campaign campaign, Map<String, BoxCounts> counted) {
        var newest = Instant.MIN;
        var of = Optional.<Campaign.Petition>empty();
        for (var petition : campaign.petitions()) {
            var box = counted.get(petition.path());
            var grew = box == null || !box.isShown() ? null : box.newest();
            if (grew == null || !grew.isAfter(newest)) continue;
            newest = grew;
            of = Optional.of(petition);
        }
        if (of.isEmpty()) return "";
        var zone = campaign.campus(of.get().campus()).orElseThrow().zone();
        return countedOn(page, newest, zone);
    }
}
