package org.undersigned.server.instance;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.CountModule;
import org.undersigned.server.count.register.InstanceLog;
import org.undersigned.server.demo.DemoInboxHandler;
import org.undersigned.server.demo.DemoModule;
import org.undersigned.server.platform.http.Cors;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.StoringRequests;
import org.undersigned.server.publish.PublishModule;
import org.undersigned.server.publish.api.CampaignList;
import org.undersigned.server.publish.api.OsdiList;
import org.undersigned.server.site.SiteModule;

/// All routes, in the order in which a signature passes through the program (docs/ARCHITECTURE.md).
///
/// @param demo       null in an instance for real use
/// @param isSpaceLow true while nothing more is to be stored
public record Routes(
        CountModule count,
        SiteModule site,
        PublishModule publish,
        @Nullable DemoModule demo,
        BooleanSupplier isSpaceLow)
        implements Consumer<HttpRouting.Builder> {
    /// The handler of one method at one address.
    ///
    /// @param method for example `GET`
    /// @param path   with `{name}` for a variable part, `{+name}` for several parts
    public record Route(String method, String path, Handler handler) {}

    @Override
    public void accept(HttpRouting.Builder to) {
        var methods = new LinkedHashMap<String, TreeSet<String>>();
        to.addFilter(new StoringRequests(isSpaceLow));
        for (var route : all()) {
            to.route(Method.create(route.method()), route.path(), route.handler());
            methods.computeIfAbsent(route.path(), _ -> new TreeSet<>()).add(route.method());
        }
        methods.forEach((path, allowed) -> to.any(path, (_, response) -> {
            if (allowed.contains("OPTIONS")) Cors.allow(response);
            throw Problem.methodNotAllowed(allowed);
        }));
    }

    /// All routes. /openapi.json describes them all, and a test compares the two.
    List<Route> all() {
        var to = new ArrayList<Route>();
        // Pages of campaigns
        var pages = publish.pages();
        var campaign = publish.campaigns();
        var boxPages = publish.boxes();
        var directory = publish.directory();
        var live = publish.live();
        var calendar = publish.calendar();
        var feed = publish.feed();
        var data = publish.data();
        var embed = publish.embed();
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
        read(to, "/c/{campus}/book", campaign::book);
        read(to, "/c/{campus}/card", campaign::card);
        open(to, "/c/{campus}/actions.ics", calendar::campus);
        open(to, "/c/{campus}/feed.atom", feed::campus);
        // a page with a box is open: a recount from another host reads the numbers on it
        open(to, "/p/{petition}", campaign::petition);
        open(to, "/a/{action}", campaign::action);
        open(to, "/a/{action}/action.ics", calendar::action);
        open(to, "/l/{letter}", campaign::letter);
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) { // every page that may have a box
            read(to, page + "/sign", boxPages::sign);
            read(to, page + "/record", boxPages::record);
            read(to, page + "/names", boxPages::names);
            read(to, page + "/events", live::events);
            open(to, "/embed" + page, embed::frame);
        }
        open(to, "/oembed", embed::oembed);
        // Previews in messengers and search engines
        var cards = publish.cards();
        var searchEngines = publish.searchEngines();
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
        var paper = publish.paper();
        for (var page : List.of("/p/{petition}", "/a/{action}", "/l/{letter}")) {
            read(to, page + "/paper", paper::paper);
            read(to, page + "/flyer.pdf", paper::flyer);
            read(to, page + "/strips.pdf", paper::strips);
        }
        read(to, "/p/{petition}/poster.pdf", paper::poster);
        read(to, "/c/{campus}/book/flyer.pdf", paper::bookFlyer);
        read(to, "/p/{petition}/packet.pdf", paper::packet);

        read(to, "/mine", pages::mine);
        read(to, "/privacy", pages::privacy);
        open(to, "/assets/{file}", site.assets()::serve);
        open(to, "/verifier/", site.assets()::serveVerifier);
        open(to, "/verifier/{file}", site.assets()::serveVerifierFile);

        // Steps 1 and 2: check that a person may sign, issue a whole book
        var roll = count.rollHandler();
        post(to, "/roll/{campus}/code", roll::code);
        read(to, "/roll/{campus}/book", roll::book);
        post(to, "/roll/{campus}/draw", roll::draw);
        post(to, "/roll/{campus}/draw/card", roll::drawWithCard);

        // Steps 3 and 4: cast, publish
        var box = count.boxHandler(site.responses());
        post(to, "/box/{box}/entries", box::cast);
        post(to, "/box/{box}/withdrawals", box::withdraw);
        post(to, "/gateway", count.gatewayHandler()::relayed);
        open(to, "/log/box/{box}/checkpoint", box::checkpoint);
        open(to, "/log/box/{box}/tile/{+tile}", box::tile);

        // Step 5: the public register
        var register = count.registerHandler(site.responses());
        open(to, "/.well-known/undersigned.json", register::instance);
        open(to, "/text/{digest}.json", register::text);
        open(to, "/key/{id}", register::key);
        for (var log : InstanceLog.values()) {
            open(to, log.path() + "checkpoint", register.checkpoint(log));
            open(to, log.path() + "tile/{+tile}", register.tile(log));
        }
        post(to, "/witness/add-checkpoint", count.witnessHandler()::addCheckpoint);

        // The same content for programs
        var api = publish.api();
        var osdi = publish.osdi();
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
        var discovery = publish.activityPub().discovery();
        var activityPub = publish.activityPub().handler();
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

        // The demonstration only; other instances respond with 404
        var inbox = new DemoInboxHandler(demo == null ? null : demo.inbox(), site.pages());
        read(to, "/demo/inbox", inbox::page);
        read(to, "/demo/inbox.json", inbox::json);
        return to;
    }

    /// HEAD has the handler of GET: [CachedResponses#send] leaves out the body.
    private static void read(List<Route> to, String path, Handler handler) {
        to.add(new Route("GET", path, handler));
        to.add(new Route("HEAD", path, handler));
    }

    /// Like `read`, and pages of other hosts may read the response, also a refusal, whose reason their author needs
    /// to see.
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
