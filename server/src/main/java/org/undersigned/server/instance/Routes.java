package org.undersigned.server.instance;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.undersigned.server.count.box.BoxHandler;
import org.undersigned.server.count.register.RegisterHandler;
import org.undersigned.server.count.roll.RollHandler;
import org.undersigned.server.count.witness.WitnessHandler;
import org.undersigned.server.platform.http.Assets;
import org.undersigned.server.platform.http.Cors;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.publish.activitypub.ActivityPubHandler;
import org.undersigned.server.publish.activitypub.DiscoveryHandler;
import org.undersigned.server.publish.api.ApiHandler;
import org.undersigned.server.publish.api.CampaignList;
import org.undersigned.server.publish.api.OsdiHandler;
import org.undersigned.server.publish.api.OsdiList;
import org.undersigned.server.publish.calendar.CalendarHandler;
import org.undersigned.server.publish.data.DataHandler;
import org.undersigned.server.publish.feed.FeedHandler;
import org.undersigned.server.publish.page.BoxPagesHandler;
import org.undersigned.server.publish.page.CampaignHandler;
import org.undersigned.server.publish.page.DirectoryHandler;
import org.undersigned.server.publish.page.LiveHandler;
import org.undersigned.server.publish.paper.PaperHandler;
import org.undersigned.server.publish.share.CardHandler;
import org.undersigned.server.publish.share.EmbedHandler;
import org.undersigned.server.publish.share.SearchEngineHandler;
import org.undersigned.server.site.PageResponder;

/// Every address, in the order of a signature's walk (docs/ARCHITECTURE.md).
public record Routes(
        CampaignHandler campaign,
        BoxPagesHandler boxPages,
        CalendarHandler calendar,
        DataHandler data,
        DirectoryHandler directory,
        FeedHandler feed,
        LiveHandler live,
        EmbedHandler embed,
        RollHandler roll,
        BoxHandler box,
        RegisterHandler register,
        WitnessHandler witness,
        PaperHandler paper,
        ActivityPubHandler activityPub,
        DiscoveryHandler discovery,
        PageResponder pages,
        Assets assets,
        CardHandler cards,
        SearchEngineHandler searchEngines,
        ApiHandler api,
        OsdiHandler osdi)
        implements Consumer<HttpRouting.Builder> {
    /// What answers one method at one address.
    ///
    /// @param method as `GET`
    /// @param path   with `{name}` for a part that varies, `{+name}` for several
    public record Route(String method, String path, Handler handler) {}

    @Override
    public void accept(HttpRouting.Builder to) {
        var methods = new LinkedHashMap<String, TreeSet<String>>();
        for (var route : all()) {
            to.route(Method.create(route.method()), route.path(), route.handler());
            methods.computeIfAbsent(route.path(), _ -> new TreeSet<>()).add(route.method());
        }
        methods.forEach((path, allowed) -> to.any(path, (_, response) -> {
            if (allowed.contains("OPTIONS")) Cors.allow(response);
            throw Problem.methodNotAllowed(allowed);
        }));
    }

    /// Every one there is; /openapi.json describes them all, and a test compares.
    List<Route> all() {
        var to = new ArrayList<Route>();
        // What is said
        read(to, "/", campaign::home);
        read(to, "/k/{campaign}", campaign::campaign);
        read(to, "/k/{campaign}/actions", campaign::actions);
        open(to, "/k/{campaign}/actions.ics", calendar::campaign);
        open(to, "/k/{campaign}/feed.atom", feed::campaign);
        read(to, "/k/{campaign}/subscribe", calendar::subscribe);
        read(to, "/k/{campaign}/answers", campaign::answers);
        read(to, "/k/{campaign}/coverage", campaign::coverage);
        read(to, "/k/{campaign}/press", campaign::press);
        read(to, "/k/{campaign}/data", data::page);
        open(to, "/k/{campaign}/data/{table}.csv", data::csv);
        open(to, "/k/{campaign}/data/{table}.jsonl", data::jsonLines);
        open(to, "/k/{campaign}/data/metadata.json", data::dictionary);
        open(to, "/k/{campaign}/campaign.json", data::document);
        read(to, "/campuses", directory::search);
        read(to, "/campuses/{id}", directory::campus);
        read(to, "/k/{campaign}/events", live::events);
        read(to, "/c/{campus}", campaign::campus);
        open(to, "/c/{campus}/actions.ics", calendar::campus);
        open(to, "/c/{campus}/feed.atom", feed::campus);
        read(to, "/p/{petition}", campaign::petition);
        read(to, "/a/{action}", campaign::action);
        open(to, "/a/{action}/action.ics", calendar::action);
        read(to, "/l/{letter}", campaign::letter);
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) { // whatever has a box
            open(to, page + "/text.json", boxPages::text);
            read(to, page + "/sign", boxPages::sign);
            read(to, page + "/record", boxPages::record);
            read(to, page + "/names", boxPages::names);
            read(to, page + "/events", live::events);
            open(to, "/embed" + page, embed::frame);
        }
        open(to, "/oembed", embed::oembed);
        // How it looks in a messenger and a search engine
        open(to, "/card.png", cards::site);
        open(to, "/k/{campaign}/card.png", cards::campaign);
        open(to, "/c/{campus}/card.png", cards::campus);
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) {
            open(to, page + "/card.png", cards::countable);
        }
        open(to, "/icon.png", cards::icon);
        open(to, "/icon.svg", cards::iconSvg);
        open(to, "/logo.png", cards.logo(false));
        open(to, "/logo-dark.png", cards.logo(true));
        open(to, "/logo.svg", cards.logoSvg(false));
        open(to, "/logo-dark.svg", cards.logoSvg(true));
        read(to, "/sitemap.xml", searchEngines::sitemap);
        read(to, "/robots.txt", searchEngines::robots);
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
        open(to, "/assets/{file}", assets::serve);

        // Steps 1 and 2: may this person sign? a whole book
        post(to, "/roll/{campus}/code", roll::code);
        read(to, "/roll/{campus}/book", roll::book);
        post(to, "/roll/{campus}/draw", roll::draw);

        // Steps 3 and 4: cast, publish
        post(to, "/box/{box}/entries", box::cast);
        post(to, "/box/{box}/withdrawals", box::withdraw);
        open(to, "/log/box/{box}/checkpoint", box::checkpoint);
        open(to, "/log/box/{box}/tile/{+tile}", box::tile);

        // Step 5: what the world is told
        open(to, "/.well-known/undersigned.json", register::instance);
        open(to, "/log/register/checkpoint", register::checkpoint);
        open(to, "/log/register/tile/{+tile}", register::tile);
        post(to, "/witness/add-checkpoint", witness::addCheckpoint);

        // The same for programs
        read(to, "/api", pages::api);
        open(to, "/openapi.json", api::openApi);
        open(to, "/api/v1", api::index);
        open(to, "/api/v1/boxes", api::boxes);
        open(to, "/api/v1/boxes/{box}", api::box);
        open(to, "/api/v1/campaigns", api::campaigns);
        open(to, "/api/v1/campaigns/{campaign}", api::campaign);
        for (var list : CampaignList.values()) {
            open(to, "/api/v1/campaigns/{campaign}/" + list.word(), api.list(list));
            open(to, "/api/v1/campaigns/{campaign}/" + list.word() + "/{id}", api.one(list));
        }
        open(to, "/osdi/v1", osdi::entry);
        for (var list : OsdiList.values()) {
            open(to, "/osdi/v1/" + list.word(), osdi.list(list));
            open(to, "/osdi/v1/" + list.word() + "/{id}", osdi.one(list));
        }

        // Following (ActivityPub)
        open(to, "/.well-known/webfinger", discovery::webfinger);
        open(to, "/.well-known/nodeinfo", discovery::nodeinfoLinks);
        open(to, "/nodeinfo/2.1", discovery::nodeinfo);
        open(to, "/actor", activityPub::instance);
        open(to, "/actor/outbox", activityPub::instanceOutbox);
        post(to, "/actor/inbox", activityPub::receive);
        open(to, "/ap/{campaign}", activityPub::actor);
        open(to, "/ap/{campaign}/outbox", activityPub::outbox);
        open(to, "/ap/{campaign}/followers", activityPub::followers);
        open(to, "/ap/{campaign}/following", activityPub::following);
        open(to, "/ap/{campaign}/{kind}/{thing}", activityPub::object);
        post(to, "/ap/{campaign}/inbox", activityPub::receive);

        // The demonstration only; elsewhere these answer 404
        read(to, "/demo/inbox", pages::inbox);
        read(to, "/demo/inbox.json", pages::inboxJson);
        return to;
    }

    /// A HEAD is answered by what answers the GET: [Answers] leaves the bytes away.
    private static void read(List<Route> to, String path, Handler handler) {
        to.add(new Route("GET", path, handler));
        to.add(new Route("HEAD", path, handler));
    }

    /// As `read`, for pages of other hosts too: also why it is refused is for their author to read.
    private static void open(List<Route> to, String path, Handler handler) {
        read(to, path, (request, response) -> {
            Cors.allow(response);
            handler.handle(request, response);
        });
        to.add(new Route("OPTIONS", path, Cors::preflight));
    }

    private static void post(List<Route> to, String path, Handler handler) {
        to.add(new Route("POST", path, handler));
    }
}
