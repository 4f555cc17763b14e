package org.undersigned.server;

import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.function.Consumer;
import org.undersigned.server.box.BoxHandler;
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
        PageHandler pages,
        Assets assets)
        implements Consumer<HttpRouting.Builder> {
    @Override
    public void accept(HttpRouting.Builder to) {
        // What is said
        to.get("/", campaign::home);
        to.get("/k/{campaign}", campaign::campaign);
        to.get("/k/{campaign}/actions", campaign::actions);
        to.get("/k/{campaign}/actions.ics", calendar::actions);
        to.get("/k/{campaign}/answers", campaign::answers);
        to.get("/k/{campaign}/coverage", campaign::coverage);
        to.get("/c/{campus}", campaign::campus);
        to.get("/p/{petition}", campaign::petition);
        to.get("/a/{action}", campaign::action);
        to.get("/a/{action}/action.ics", calendar::action);
        to.get("/l/{letter}", campaign::letter);
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) { // whatever has a box
            to.get(page + "/text.json", counted::text);
            to.get(page + "/sign", counted::sign);
            to.get(page + "/record", counted::record);
            to.get(page + "/events", live::events);
        }
        to.get("/mine", pages::mine);
        to.get("/privacy", pages::privacy);
        to.get("/assets/{file}", assets::serve);

        // Steps 1 and 2: may this person sign? a whole book
        to.post("/roll/{campus}/code", roll::code);
        to.get("/roll/{campus}/book", roll::book);
        to.post("/roll/{campus}/draw", roll::draw);

        // Steps 3 and 4: cast, publish
        to.post("/box/{box}/entries", box::cast);
        to.post("/box/{box}/withdrawals", box::withdraw);
        to.get("/log/box/{box}/checkpoint", box::checkpoint);
        to.get("/log/box/{box}/tile/{+tile}", box::tile);

        // Step 5: what the world is told
        to.get("/.well-known/undersigned.json", register::instance);
        to.get("/log/register/checkpoint", register::checkpoint);
        to.get("/log/register/tile/{+tile}", register::tile);

        // The demonstration only; elsewhere these answer 404
        to.get("/demo/inbox", pages::inbox);
        to.get("/demo/inbox.json", pages::inboxJson);
    }
}
