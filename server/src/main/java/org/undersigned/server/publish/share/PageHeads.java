package org.undersigned.server.publish.share;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.publish.share.JsonLd.Crumb;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageHead;
import org.undersigned.server.site.view.ActionPage;
import org.undersigned.server.site.view.ActionText;
import org.undersigned.server.site.view.ActionsPage;
import org.undersigned.server.site.view.AnswersPage;
import org.undersigned.server.site.view.BookPage;
import org.undersigned.server.site.view.CampaignPage;
import org.undersigned.server.site.view.CampusPage;
import org.undersigned.server.site.view.CoveragePage;
import org.undersigned.server.site.view.DirectoryEntryPage;
import org.undersigned.server.site.view.FollowLinks;
import org.undersigned.server.site.view.LetterPage;
import org.undersigned.server.site.view.NamesPage;
import org.undersigned.server.site.view.PetitionPage;
import org.undersigned.server.site.view.PressPage;
import org.undersigned.server.site.view.RecordPage;
import org.undersigned.server.site.view.SignPage;
import tools.jackson.databind.node.ObjectNode;

/// Builds the head of every page.
public final class PageHeads {
    private PageHeads() {}

    public static PageHead home(PageContext page) {
        return site(page, "/", page.t("motto"), summary(page, page.t("motto"), page.t("head.home")));
    }

    public static PageHead privacy(PageContext page) {
        var description = summary(page, page.t("privacy.intro"), page.t("privacy.1"));
        return site(page, "/privacy", page.t("privacy.title"), description);
    }

    public static PageHead api(PageContext page) {
        return site(page, "/api", page.t("api.title"), summary(page, page.t("api.intro")));
    }

    /// The head of the page that lists the papers to print.
    public static PageHead paper(PageContext page, String title) {
        return head(null, title, summary(page, title + ".", page.t("paper.intro")), "", CardContents.site(page));
    }

    /// @param counted by path
    public static PageHead subscribe(PageContext page, Campaign campaign, Map<String, BoxCounts> counted) {
        var title = page.t("follow.title") + " · " + page.in(campaign.name());
        var description = summary(page, page.t("follow.lead", page.in(campaign.name())));
        return head(null, title, description, "/k/" + campaign.slug(), CardContents.campaign(page, campaign, counted))
                .with(followed(page, campaign));
    }

    public static PageHead mine(PageContext page) {
        return unlisted(page, page.t("mine.title"), summary(page, page.t("mine.intro")));
    }

    public static PageHead book(PageContext page, BookPage view) {
        var title = page.t("book.title", view.campus().name());
        return unlisted(page, title, summary(page, page.t("book.intro")));
    }

    public static PageHead card(PageContext page, BookPage view) {
        var title = page.t("card.title", view.campus().name());
        return unlisted(page, title, summary(page, page.t("card.intro")));
    }

    public static PageHead inbox(PageContext page) {
        return unlisted(page, page.t("inbox.title"), summary(page, page.t("inbox.intro")));
    }

    public static PageHead error(PageContext page, String title) {
        return unlisted(page, title, summary(page, title));
    }

    public static PageHead campaign(PageContext page, CampaignPage view) {
        var campaign = view.campaign();
        var description = summary(page, page.in(campaign.aim()), page.in(campaign.call()));
        var card = CardContents.campaign(page, campaign, view.counted());
        var thing = new SchemaOrgEntities(page, campaign).campaign();
        var path = "/k/" + campaign.slug();
        return listed(page, path, page.in(campaign.name()), description, path, card, trail(page, campaign), thing)
                .with(followed(page, campaign))
                .with(actor(page, path, "/ap/" + campaign.slug()));
    }

    public static PageHead actions(PageContext page, ActionsPage view) {
        return part(page, view.campaign(), CardContents.campaign(page, view.campaign(), view.counted()), "actions");
    }

    public static PageHead answers(PageContext page, AnswersPage view) {
        return part(page, view.campaign(), CardContents.campaign(page, view.campaign(), view.counted()), "answers");
    }

    public static PageHead coverage(PageContext page, CoveragePage view) {
        return part(page, view.campaign(), CardContents.campaign(page, view.campaign(), view.counted()), "coverage");
    }

    public static PageHead press(PageContext page, PressPage view) {
        return part(page, view.campaign(), CardContents.campaign(page, view.campaign(), view.counted()), "press");
    }

    /// @param counted by path
    public static PageHead data(PageContext page, Campaign campaign, Map<String, BoxCounts> counted) {
        return part(page, campaign, CardContents.campaign(page, campaign, counted), "data");
    }

    public static PageHead directory(PageContext page) {
        var description = summary(page, page.t("directory.intro"), page.t("directory.hint"));
        return site(page, "/campuses", page.t("directory.title"), description);
    }

    public static PageHead directoryEntry(PageContext page, DirectoryEntryPage view) {
        var facts = view.campus().facts();
        var description = summary(page, facts.name() + ", " + facts.city() + ", " + facts.state() + ".");
        return unlisted(page, facts.name(), description);
    }

    public static PageHead campus(PageContext page, CampusPage view) {
        var campaign = view.campaign();
        var campus = view.campus();
        var path = "/c/" + campus.id();
        var description = summary(page, page.t("head.campus", campus.name(), campus.place(), page.in(campaign.name())));
        var card = CardContents.campus(page, campaign, campus, view.counted());
        var thing = new SchemaOrgEntities(page, campaign).campus(campus);
        var trail = trail(page, campaign, new Crumb(campus.name(), path));
        return listed(page, path, campus.name(), description, path, card, trail, thing)
                .with(followed(page, path));
    }

    public static PageHead petition(PageContext page, PetitionPage view, @Nullable BoxCounts counted) {
        var petition = view.petition();
        var title = page.in(petition.title());
        var description = summary(page, view.campus().name() + ": " + page.in(petition.text()));
        var card = CardContents.petition(page, view.campaign(), petition, counted);
        var thing = new SchemaOrgEntities(page, view.campaign()).petition(petition, counted);
        var trail = trail(
                page,
                view.campaign(),
                new Crumb(view.campus().name(), "/c/" + view.campus().id()),
                new Crumb(title, petition.path()));
        return listed(page, petition.path(), title, description, petition.path(), card, trail, thing)
                .with(followed(page, view.campaign()))
                .with(oembed(page, petition.path(), title, counted));
    }

    public static PageHead action(PageContext page, ActionPage view, @Nullable BoxCounts counted) {
        var action = view.action();
        var name = action.title() == null ? view.title(page) + ", " + view.campusNames() : view.title(page);
        var title = name + ", " + page.date(action.date());
        var text = new ActionText(view.campaign(), action, page);
        var what = text.kind() + " (" + text.state() + "), ";
        var description = summary(
                page,
                what + view.campusNames() + ", " + page.date(action.date()) + ".",
                action.about() == null ? page.in(view.campaign().name()) + "." : page.in(action.about()));
        var card = CardContents.action(page, view.campaign(), action, counted);
        var thing = new SchemaOrgEntities(page, view.campaign()).event(action, counted, title, description);
        var trail = trail(
                page,
                view.campaign(),
                new Crumb(page.t("actions.title"), "/k/" + view.campaign().slug() + "/actions"),
                new Crumb(title, action.path()));
        return listed(page, action.path(), title, description, action.path(), card, trail, thing)
                .with(
                        new PageHead.Alternate(
                                "text/calendar",
                                page.t("action.calendar"),
                                new FollowLinks(page, action.path()).action()),
                        feed(page, "/k/" + view.campaign().slug()))
                .with(actor(page, action.path(), "/ap/" + view.campaign().slug() + "/events/" + action.slug()))
                .with(oembed(page, action.path(), title, counted));
    }

    public static PageHead letter(PageContext page, LetterPage view, @Nullable BoxCounts counted) {
        var drive = view.drive();
        var title = page.in(drive.title());
        var description = summary(page, page.in(drive.why()), page.in(drive.subject()) + ".");
        var card = CardContents.letter(page, view.campaign(), drive, counted);
        var thing = new SchemaOrgEntities(page, view.campaign()).letter(drive, counted);
        var trail = trail(page, view.campaign(), new Crumb(title, drive.path()));
        return listed(page, drive.path(), title, description, drive.path(), card, trail, thing)
                .with(followed(page, view.campaign()))
                .with(oembed(page, drive.path(), title, counted));
    }

    public static PageHead record(PageContext page, RecordPage view, BoxCounts counted) {
        var above = view.countable().path();
        var title = page.t("record.title", page.in(view.countable().title()));
        var description = summary(page, title + ".", page.t("record.intro"));
        var card = CardContents.at(page, view.campaign(), above, counted).orElseThrow();
        var trail = trail(
                page,
                view.campaign(),
                new Crumb(page.in(view.countable().title()), above),
                new Crumb(page.t("record.heading"), above + "/record"));
        return listed(page, above + "/record", title, description, above, card, trail);
    }

    public static PageHead sign(PageContext page, SignPage view, BoxCounts counted) {
        var countable = view.countable();
        var title = page.t("sign.title", page.in(countable.title()));
        var description = summary(page, title + ".", page.t("petition.anonymous"));
        var card = CardContents.at(page, view.campaign(), countable.path(), counted)
                .orElseThrow();
        return head(null, title, description, countable.path(), card);
    }

    /// The head of a part of a campaign; all parts share the campaign's picture.
    private static PageHead part(PageContext page, Campaign campaign, Card card, String part) {
        var path = "/k/" + campaign.slug() + "/" + part;
        var name = page.t(part + ".title");
        var description = summary(page, page.in(campaign.name()) + ": " + page.t(part + ".intro"));
        var title = name + " · " + page.in(campaign.name());
        var trail = trail(page, campaign, new Crumb(name, path));
        return listed(page, path, title, description, "/k/" + campaign.slug(), card, trail)
                .with(followed(page, campaign));
    }

    /// What a program can follow of a campaign or a campus, in the language of the page.
    ///
    /// @param of `/k/…` or `/c/…`
    private static PageHead.Alternate[] followed(PageContext page, String of) {
        var links = new FollowLinks(page, of);
        return new PageHead.Alternate[] {
            new PageHead.Alternate("text/calendar", page.t("actions.title"), links.calendar()), feed(page, of)
        };
    }

    private static PageHead.Alternate[] followed(PageContext page, Campaign campaign) {
        return followed(page, "/k/" + campaign.slug());
    }

    private static PageHead.Alternate feed(PageContext page, String of) {
        var links = new FollowLinks(page, of);
        return new PageHead.Alternate("application/atom+xml", page.t("follow.reader"), links.feed());
    }

    /// Mastodon uses this link to find what can be followed when a user searches for the page's address.
    private static PageHead.Alternate[] actor(PageContext page, String path, String of) {
        if (!page.followed()) return new PageHead.Alternate[0];
        return new PageHead.Alternate[] {
            new PageHead.Alternate("application/activity+json", page.publicUrl() + path, page.publicUrl() + of)
        };
    }

    /// WordPress and other programs use these links to put the live count into a page (oembed.com §4).
    private static PageHead.Alternate[] oembed(
            PageContext page, String path, String title, @Nullable BoxCounts counted) {
        if (counted == null) return new PageHead.Alternate[0];
        var ask = page.publicUrl() + "/oembed?url=" + URLEncoder.encode(page.address(path), StandardCharsets.UTF_8)
                + "&format=";
        return new PageHead.Alternate[] {
            new PageHead.Alternate("application/json+oembed", title, ask + "json"),
            new PageHead.Alternate("text/xml+oembed", title, ask + "xml")
        };
    }

    private static String summary(PageContext page, String... sentences) {
        return PageDescription.of(page.t("motto"), sentences);
    }

    private static List<Crumb> trail(PageContext page, Campaign campaign, Crumb... below) {
        var trail = new ArrayList<Crumb>();
        trail.add(new Crumb(page.t("site"), "/"));
        trail.add(new Crumb(page.in(campaign.name()), "/k/" + campaign.slug()));
        trail.addAll(List.of(below));
        return trail;
    }

    private static PageHead site(PageContext page, String path, String title, String description) {
        var trail = new ArrayList<Crumb>(List.of(new Crumb(page.t("site"), "/")));
        if (!path.equals("/")) trail.add(new Crumb(title, path));
        return listed(page, path, title, description, "", CardContents.site(page), trail);
    }

    /// Search engines must not list this page: signers show their names to readers of the petition, not to people
    /// who search for a name.
    public static PageHead names(PageContext page, NamesPage view, BoxCounts counted) {
        var above = view.countable().path();
        var card = CardContents.at(page, view.campaign(), above, counted).orElseThrow();
        var title = page.t("names.title") + ": " + page.in(view.countable().title());
        return head(null, title, summary(page, page.t("names.intro")), above, card);
    }

    private static PageHead unlisted(PageContext page, String title, String description) {
        return head(null, title, description, "", CardContents.site(page));
    }

    /// @param pictured the path of the page whose card the head shows; empty for the site's card
    /// @param things   the entities that the page is about
    private static PageHead listed(
            PageContext page,
            String path,
            String title,
            String description,
            String pictured,
            Card card,
            List<Crumb> trail,
            ObjectNode... things) {
        var head = head(path, title, description, pictured, card);
        return new PageHead(
                title,
                description,
                path,
                head.picture(),
                head.pictured(),
                List.of(),
                JsonLd.of(page, head, trail, List.of(things)));
    }

    private static PageHead head(@Nullable String path, String title, String description, String pictured, Card card) {
        return new PageHead(title, description, path, pictured + "/card.png", card.alternative(), List.of(), "");
    }
}
