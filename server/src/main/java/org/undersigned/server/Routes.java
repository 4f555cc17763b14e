package org.undersigned.server;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.function.Consumer;
import org.undersigned.server.box.BoxHandler;
import org.undersigned.server.feed.FeedHandler;
import org.undersigned.server.http.Assets;
import org.undersigned.server.pages.CalendarHandler;
import org.undersigned.server.pages.CampaignHandler;
import org.undersigned.server.pages.CardHandler;
import org.undersigned.server.pages.CountedHandler;
import org.undersigned.server.pages.DirectoryHandler;
import org.undersigned.server.pages.EmbedHandler;
import org.undersigned.server.pages.LiveHandler;
import org.undersigned.server.pages.PageHandler;
import org.undersigned.server.pages.SearchHandler;
import org.undersigned.server.paper.PaperHandler;
import org.undersigned.server.register.RegisterHandler;
import org.undersigned.server.roll.RollHandler;

/// Every address, in the order of a signature's walk (docs/ARCHITECTURE.md).
record Routes(
        CampaignHandler campaign,
        CountedHandler counted,
        CalendarHandler calendar,
        DirectoryHandler directory,
        FeedHandler feed,
        LiveHandler live,
        EmbedHandler embed,
        RollHandler roll,
        BoxHandler box,
        RegisterHandler register,
        PaperHandler paper,
        PageHandler pages,
        Assets assets,
        CardHandler cards,
        SearchHandler search)
        implements Consumer<HttpRouting.Builder> {
    @Override
    public void accept(HttpRouting.Builder to) {
        // What is said
        read(to, "/", campaign::home);
        read(to, "/k/{campaign}", campaign::campaign);
        read(to, "/k/{campaign}/actions", campaign::actions);
        read(to, "/k/{campaign}/actions.ics", calendar::campaign);
        read(to, "/k/{campaign}/feed.atom", feed::campaign);
        read(to, "/k/{campaign}/subscribe", calendar::subscribe);
        read(to, "/k/{campaign}/answers", campaign::answers);
        read(to, "/k/{campaign}/coverage", campaign::coverage);
        read(to, "/k/{campaign}/press", campaign::press);
        read(to, "/campuses", directory::search);
        read(to, "/campuses/{id}", directory::campus);
        read(to, "/k/{campaign}/events", live::events);
        read(to, "/c/{campus}", campaign::campus);
        read(to, "/c/{campus}/actions.ics", calendar::campus);
        read(to, "/c/{campus}/feed.atom", feed::campus);
        read(to, "/p/{petition}", campaign::petition);
        read(to, "/a/{action}", campaign::action);
        read(to, "/a/{action}/action.ics", calendar::action);
        read(to, "/l/{letter}", campaign::letter);
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) { // whatever has a box
            read(to, page + "/text.json", counted::text);
            read(to, page + "/sign", counted::sign);
            read(to, page + "/record", counted::record);
            read(to, page + "/events", live::events);
            read(to, "/embed" + page, embed::frame);
        }
        read(to, "/oembed", embed::oembed);
        // How it looks in a messenger and a search engine
        read(to, "/card.png", cards::site);
        read(to, "/k/{campaign}/card.png", cards::campaign);
        read(to, "/c/{campus}/card.png", cards::campus);
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) {
            read(to, page + "/card.png", cards::countable);
        }
        read(to, "/icon.png", cards::icon);
        read(to, "/icon.svg", cards::iconSvg);
        read(to, "/sitemap.xml", search::sitemap);
        read(to, "/robots.txt", search::robots);
        // On paper
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) {
            read(to, page + "/paper", paper::paper);
            read(to, page + "/flyer.pdf", paper::flyer);
            read(to, page + "/strips.pdf", paper::strips);
        }
        read(to, "/p/{petition}/poster.pdf", paper::poster);
        read(to, "/p/{petition}/packet.pdf", paper::packet);

        read(to, "/mine", pages::mine);
        read(to, "/privacy", pages::privacy);
        read(to, "/assets/{file}", assets::serve);

        // Steps 1 and 2: may this person sign? a whole book
        to.post("/roll/{campus}/code", roll::code);
        read(to, "/roll/{campus}/book", roll::book);
        to.post("/roll/{campus}/draw", roll::draw);

        // Steps 3 and 4: cast, publish
        to.post("/box/{box}/entries", box::cast);
        to.post("/box/{box}/withdrawals", box::withdraw);
        read(to, "/log/box/{box}/checkpoint", box::checkpoint);
        read(to, "/log/box/{box}/tile/{+tile}", box::tile);

        // Step 5: what the world is told
        read(to, "/.well-known/undersigned.json", register::instance);
        read(to, "/log/register/checkpoint", register::checkpoint);
        read(to, "/log/register/tile/{+tile}", register::tile);

        // The demonstration only; elsewhere these answer 404
        read(to, "/demo/inbox", pages::inbox);
        read(to, "/demo/inbox.json", pages::inboxJson);
    }

    /// A HEAD is answered by what answers the GET: [Answers] leaves the bytes away.
    private static void read(HttpRouting.Builder to, String path, Handler handler) {
        to.get(path, handler);
        to.head(path, handler);
    }
}
