package org.undersigned.server;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.function.Consumer;
import org.undersigned.server.box.BoxHandler;
import org.undersigned.server.fediverse.FediverseHandler;
import org.undersigned.server.fediverse.FindingHandler;
import org.undersigned.server.http.Assets;
import org.undersigned.server.pages.CalendarHandler;
import org.undersigned.server.pages.CampaignHandler;
import org.undersigned.server.pages.CountedHandler;
import org.undersigned.server.pages.LiveHandler;
import org.undersigned.server.pages.PageHandler;
import org.undersigned.server.register.RegisterHandler;
import org.undersigned.server.roll.RollHandler;

/// Every address, in the order of a signature's walk (docs/ARCHITECTURE.md).
record Routes(
        CampaignHandler campaign,
        CountedHandler counted,
        CalendarHandler calendar,
        LiveHandler live,
        RollHandler roll,
        BoxHandler box,
        RegisterHandler register,
        FediverseHandler fediverse,
        FindingHandler finding,
        PageHandler pages,
        Assets assets)
        implements Consumer<HttpRouting.Builder> {
    @Override
    public void accept(HttpRouting.Builder to) {
        // What is said
        read(to, "/", campaign::home);
        read(to, "/k/{campaign}", campaign::campaign);
        read(to, "/k/{campaign}/actions", campaign::actions);
        read(to, "/k/{campaign}/actions.ics", calendar::actions);
        read(to, "/k/{campaign}/answers", campaign::answers);
        read(to, "/k/{campaign}/coverage", campaign::coverage);
        read(to, "/c/{campus}", campaign::campus);
        read(to, "/p/{petition}", campaign::petition);
        read(to, "/a/{action}", campaign::action);
        read(to, "/a/{action}/action.ics", calendar::action);
        read(to, "/l/{letter}", campaign::letter);
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) { // whatever has a box
            read(to, page + "/text.json", counted::text);
            read(to, page + "/sign", counted::sign);
            read(to, page + "/record", counted::record);
            read(to, page + "/events", live::events);
        }
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

        // Following (ActivityPub)
        read(to, "/.well-known/webfinger", finding::webfinger);
        read(to, "/.well-known/nodeinfo", finding::nodeinfoLinks);
        read(to, "/nodeinfo/2.1", finding::nodeinfo);
        read(to, "/actor", fediverse::instance);
        read(to, "/actor/outbox", fediverse::instanceOutbox);
        to.post("/actor/inbox", fediverse::receive);
        read(to, "/ap/{campaign}", fediverse::actor);
        read(to, "/ap/{campaign}/outbox", fediverse::outbox);
        read(to, "/ap/{campaign}/followers", fediverse::followers);
        read(to, "/ap/{campaign}/following", fediverse::following);
        read(to, "/ap/{campaign}/{kind}/{thing}", fediverse::object);
        to.post("/ap/{campaign}/inbox", fediverse::receive);

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
