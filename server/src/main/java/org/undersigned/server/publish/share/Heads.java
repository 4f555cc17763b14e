package org.undersigned.server.publish.share;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.publish.share.LinkedData.Crumb;
import org.undersigned.server.site.Counted;
import org.undersigned.server.site.Head;
import org.undersigned.server.site.Page;
import org.undersigned.server.site.view.ActionPage;
import org.undersigned.server.site.view.ActionWords;
import org.undersigned.server.site.view.ActionsPage;
import org.undersigned.server.site.view.AnswersPage;
import org.undersigned.server.site.view.CampaignPage;
import org.undersigned.server.site.view.CampusPage;
import org.undersigned.server.site.view.CoveragePage;
import org.undersigned.server.site.view.DirectoryEntryPage;
import org.undersigned.server.site.view.Following;
import org.undersigned.server.site.view.LetterPage;
import org.undersigned.server.site.view.NamesPage;
import org.undersigned.server.site.view.PetitionPage;
import org.undersigned.server.site.view.PressPage;
import org.undersigned.server.site.view.RecordPage;
import org.undersigned.server.site.view.SignPage;
import tools.jackson.databind.node.ObjectNode;

/// The head of every page.
public final class Heads {
    private Heads() {}

    public static Head home(Page page) {
        return site(page, "/", page.t("motto"), summary(page, page.t("motto"), page.t("head.home")));
    }

    public static Head privacy(Page page) {
        var description = summary(page, page.t("privacy.intro"), page.t("privacy.1"));
        return site(page, "/privacy", page.t("privacy.title"), description);
    }

    public static Head api(Page page) {
        return site(page, "/api", page.t("api.title"), summary(page, page.t("api.intro")));
    }

    /// What there is to print of a page.
    public static Head paper(Page page, String title) {
        return head(null, title, summary(page, title + ".", page.t("paper.intro")), "", Cards.site(page));
    }

    /// @param counted by path
    public static Head subscribe(Page page, Campaign campaign, Map<String, Counted> counted) {
        var title = page.t("follow.title") + " · " + page.in(campaign.name());
        var description = summary(page, page.t("follow.lead", page.in(campaign.name())));
        return head(null, title, description, "/k/" + campaign.slug(), Cards.campaign(page, campaign, counted))
                .with(followed(page, campaign));
    }

    public static Head mine(Page page) {
        return unlisted(page, page.t("mine.title"), summary(page, page.t("mine.intro")));
    }

    public static Head inbox(Page page) {
        return unlisted(page, page.t("inbox.title"), summary(page, page.t("inbox.intro")));
    }

    public static Head error(Page page, String title) {
        return unlisted(page, title, summary(page, title));
    }

    public static Head campaign(Page page, CampaignPage view) {
        var campaign = view.campaign();
        var description = summary(page, page.in(campaign.aim()), page.in(campaign.call()));
        var card = Cards.campaign(page, campaign, view.counted());
        var thing = new LinkedThings(page, campaign).campaign();
        var path = "/k/" + campaign.slug();
        return listed(page, path, page.in(campaign.name()), description, path, card, trail(page, campaign), thing)
                .with(followed(page, campaign))
                .with(actor(page, path, "/ap/" + campaign.slug()));
    }

    public static Head actions(Page page, ActionsPage view) {
        return part(page, view.campaign(), Cards.campaign(page, view.campaign(), view.counted()), "actions");
    }

    public static Head answers(Page page, AnswersPage view) {
        return part(page, view.campaign(), Cards.campaign(page, view.campaign(), view.counted()), "answers");
    }

    public static Head coverage(Page page, CoveragePage view) {
        return part(page, view.campaign(), Cards.campaign(page, view.campaign(), view.counted()), "coverage");
    }

    public static Head press(Page page, PressPage view) {
        return part(page, view.campaign(), Cards.campaign(page, view.campaign(), view.counted()), "press");
    }

    /// @param counted by path
    public static Head data(Page page, Campaign campaign, Map<String, Counted> counted) {
        return part(page, campaign, Cards.campaign(page, campaign, counted), "data");
    }

    public static Head directory(Page page) {
        var description = summary(page, page.t("directory.intro"), page.t("directory.hint"));
        return site(page, "/campuses", page.t("directory.title"), description);
    }

    public static Head directoryEntry(Page page, DirectoryEntryPage view) {
        var facts = view.campus().facts();
        var description = summary(page, facts.name() + ", " + facts.city() + ", " + facts.state() + ".");
        return unlisted(page, facts.name(), description);
    }

    public static Head campus(Page page, CampusPage view) {
        var campaign = view.campaign();
        var campus = view.campus();
        var path = "/c/" + campus.id();
        var description = summary(page, page.t("head.campus", campus.name(), campus.place(), page.in(campaign.name())));
        var card = Cards.campus(page, campaign, campus, view.counted());
        var thing = new LinkedThings(page, campaign).campus(campus);
        var trail = trail(page, campaign, new Crumb(campus.name(), path));
        return listed(page, path, campus.name(), description, path, card, trail, thing)
                .with(followed(page, path));
    }

    public static Head petition(Page page, PetitionPage view, @Nullable Counted counted) {
        var petition = view.petition();
        var title = page.in(petition.title());
        var description = summary(page, view.campus().name() + ": " + page.in(petition.text()));
        var card = Cards.petition(page, view.campaign(), petition, counted);
        var thing = new LinkedThings(page, view.campaign()).petition(petition, counted);
        var trail = trail(
                page,
                view.campaign(),
                new Crumb(view.campus().name(), "/c/" + view.campus().id()),
                new Crumb(title, petition.path()));
        return listed(page, petition.path(), title, description, petition.path(), card, trail, thing)
                .with(followed(page, view.campaign()))
                .with(oembed(page, petition.path(), title, counted));
    }

    public static Head action(Page page, ActionPage view, @Nullable Counted counted) {
        var action = view.action();
        var name = action.title() == null ? view.title(page) + ", " + view.places() : view.title(page);
        var title = name + ", " + page.date(action.date());
        var words = new ActionWords(view.campaign(), action, page);
        var what = words.kind() + " (" + words.state() + "), ";
        var description = summary(
                page,
                what + view.places() + ", " + page.date(action.date()) + ".",
                action.about() == null ? page.in(view.campaign().name()) + "." : page.in(action.about()));
        var card = Cards.action(page, view.campaign(), action, counted);
        var thing = new LinkedThings(page, view.campaign()).event(action, counted, title, description);
        var trail = trail(
                page,
                view.campaign(),
                new Crumb(page.t("actions.title"), "/k/" + view.campaign().slug() + "/actions"),
                new Crumb(title, action.path()));
        return listed(page, action.path(), title, description, action.path(), card, trail, thing)
                .with(
                        new Head.Alternate(
                                "text/calendar",
                                page.t("action.calendar"),
                                new Following(page, action.path()).action()),
                        feed(page, "/k/" + view.campaign().slug()))
                .with(actor(page, action.path(), "/ap/" + view.campaign().slug() + "/events/" + action.slug()))
                .with(oembed(page, action.path(), title, counted));
    }

    public static Head letter(Page page, LetterPage view, @Nullable Counted counted) {
        var drive = view.drive();
        var title = page.in(drive.title());
        var description = summary(page, page.in(drive.why()), page.in(drive.subject()) + ".");
        var card = Cards.letter(page, view.campaign(), drive, counted);
        var thing = new LinkedThings(page, view.campaign()).letter(drive, counted);
        var trail = trail(page, view.campaign(), new Crumb(title, drive.path()));
        return listed(page, drive.path(), title, description, drive.path(), card, trail, thing)
                .with(followed(page, view.campaign()))
                .with(oembed(page, drive.path(), title, counted));
    }

    public static Head record(Page page, RecordPage view, Counted counted) {
        var above = view.countable().path();
        var title = page.t("record.title", page.in(view.countable().title()));
        var description = summary(page, title + ".", page.t("record.intro"));
        var card = Cards.at(page, view.campaign(), above, counted).orElseThrow();
        var trail = trail(
                page,
                view.campaign(),
                new Crumb(page.in(view.countable().title()), above),
                new Crumb(page.t("record.heading"), above + "/record"));
        return listed(page, above + "/record", title, description, above, card, trail);
    }

    public static Head sign(Page page, SignPage view, Counted counted) {
        var countable = view.countable();
        var title = page.t("sign.title", page.in(countable.title()));
        var description = summary(page, title + ".", page.t("petition.anonymous"));
        var card = Cards.at(page, view.campaign(), countable.path(), counted).orElseThrow();
        return head(null, title, description, countable.path(), card);
    }

    /// One of the parts of a campaign, which share its picture.
    private static Head part(Page page, Campaign campaign, Card card, String part) {
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
    private static Head.Alternate[] followed(Page page, String of) {
        var follow = new Following(page, of);
        return new Head.Alternate[] {
            new Head.Alternate("text/calendar", page.t("actions.title"), follow.calendar()), feed(page, of)
        };
    }

    private static Head.Alternate[] followed(Page page, Campaign campaign) {
        return followed(page, "/k/" + campaign.slug());
    }

    private static Head.Alternate feed(Page page, String of) {
        var follow = new Following(page, of);
        return new Head.Alternate("application/atom+xml", page.t("follow.reader"), follow.feed());
    }

    /// By which Mastodon finds what can be followed when a page's address is put into its search.
    private static Head.Alternate[] actor(Page page, String path, String of) {
        if (!page.followed()) return new Head.Alternate[0];
        return new Head.Alternate[] {
            new Head.Alternate("application/activity+json", page.publicUrl() + path, page.publicUrl() + of)
        };
    }

    /// By which WordPress and others put the live count into a page (oembed.com §4).
    private static Head.Alternate[] oembed(Page page, String path, String title, @Nullable Counted counted) {
        if (counted == null) return new Head.Alternate[0];
        var ask = page.publicUrl() + "/oembed?url=" + URLEncoder.encode(page.address(path), StandardCharsets.UTF_8)
                + "&format=";
        return new Head.Alternate[] {
            new Head.Alternate("application/json+oembed", title, ask + "json"),
            new Head.Alternate("text/xml+oembed", title, ask + "xml")
        };
    }

    private static String summary(Page page, String... sentences) {
        return Summary.of(page.t("motto"), sentences);
    }

    private static List<Crumb> trail(Page page, Campaign campaign, Crumb... below) {
        var trail = new ArrayList<Crumb>();
        trail.add(new Crumb(page.t("site"), "/"));
        trail.add(new Crumb(page.in(campaign.name()), "/k/" + campaign.slug()));
        trail.addAll(List.of(below));
        return trail;
    }

    private static Head site(Page page, String path, String title, String description) {
        var trail = new ArrayList<Crumb>(List.of(new Crumb(page.t("site"), "/")));
        if (!path.equals("/")) trail.add(new Crumb(title, path));
        return listed(page, path, title, description, "", Cards.site(page), trail);
    }

    /// Not for search engines: a name is shown to whoever reads the petition, not to whoever looks for the name.
    public static Head names(Page page, NamesPage view, Counted counted) {
        var above = view.countable().path();
        var card = Cards.at(page, view.campaign(), above, counted).orElseThrow();
        var title = page.t("names.title") + ": " + page.in(view.countable().title());
        return head(null, title, summary(page, page.t("names.intro")), above, card);
    }

    private static Head unlisted(Page page, String title, String description) {
        return head(null, title, description, "", Cards.site(page));
    }

    /// @param pictured the path of the page whose card it shows; empty: the site's
    /// @param things   what it is about
    private static Head listed(
            Page page,
            String path,
            String title,
            String description,
            String pictured,
            Card card,
            List<Crumb> trail,
            ObjectNode... things) {
        var head = head(path, title, description, pictured, card);
        return new Head(
                title,
                description,
                path,
                head.picture(),
                head.pictured(),
                List.of(),
                LinkedData.of(page, head, trail, List.of(things)));
    }

    private static Head head(@Nullable String path, String title, String description, String pictured, Card card) {
        return new Head(title, description, path, pictured + "/card.png", card.alternative(), List.of(), "");
    }
}
