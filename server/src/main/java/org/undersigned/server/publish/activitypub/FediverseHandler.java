package org.undersigned.server.publish.activitypub;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.http.Answers;
import org.undersigned.server.platform.http.Bodies;
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.site.PageHandler;
import tools.jackson.databind.node.ObjectNode;

/// What other servers ask of actors and send to them (ActivityPub). All of it answers 404 where the operator has turned
/// following off.
public final class FediverseHandler {
    private static final Kind ACTIVITY =
            Kind.of("application/activity+json; charset=utf-8", Caching.ASK).openToEverybody();

    /// Bytes of an activity.
    static final int MOST = 1 << 18;

    private static final int PAGE = 20;
    /// What is said has no other ([Sayings]): slugs, ids of campuses, days.
    private static final Pattern OBJECT = Pattern.compile("[a-z]+/[a-z0-9.-]+");

    private final boolean enabled;
    private final PageHandler pages;
    private final Addresses addresses;
    private final Documents documents;
    private final Sayings sayings;
    private final Actors actors;
    private final FediverseStore store;
    private final Inbox inbox;

    FediverseHandler(
            boolean enabled,
            PageHandler pages,
            Addresses addresses,
            Documents documents,
            Sayings sayings,
            Actors actors,
            FediverseStore store,
            Inbox inbox) {
        this.enabled = enabled;
        this.pages = pages;
        this.addresses = addresses;
        this.documents = documents;
        this.sayings = sayings;
        this.actors = actors;
        this.store = store;
        this.inbox = inbox;
    }

    /// `GET /actor`
    public void instance(ServerRequest request, ServerResponse response) {
        check();
        pages.publish(
                request,
                response,
                ACTIVITY,
                "",
                (_, _) -> written(documents.instance(actors.of("").publicKey())));
    }

    /// `GET /actor/outbox`: the instance itself says nothing.
    public void instanceOutbox(ServerRequest request, ServerResponse response) {
        check();
        pages.publish(request, response, ACTIVITY, "", (_, _) -> written(empty(addresses.actor("") + "/outbox")));
    }

    private static ObjectNode empty(String id) {
        var json = Documents.collection(id).put("totalItems", 0);
        json.putArray("orderedItems");
        return json;
    }

    /// `GET /ap/{campaign}`
    public void actor(ServerRequest request, ServerResponse response) {
        publish(
                request,
                response,
                "",
                kept -> documents.actor(
                        kept.campaign(), actors.of(kept.campaign().slug()).publicKey()));
    }

    /// `GET /ap/{campaign}/followers`: never who, never how many.
    public void followers(ServerRequest request, ServerResponse response) {
        publish(
                request,
                response,
                "",
                kept -> Documents.collection(addresses.actor(kept.campaign().slug()) + "/followers"));
    }

    /// `GET /ap/{campaign}/following`: a campaign follows nobody.
    public void following(ServerRequest request, ServerResponse response) {
        publish(
                request,
                response,
                "",
                kept -> empty(addresses.actor(kept.campaign().slug()) + "/following"));
    }

    /// `GET /ap/{campaign}/outbox`, and its pages: `?page=1` …
    public void outbox(ServerRequest request, ServerResponse response) {
        var page = request.query().first("page").orElse("");
        if (!page.matches("|[1-9][0-9]{0,5}")) throw PageHandler.noSuchPage();
        publish(request, response, page, kept -> page.isEmpty() ? outbox(kept) : page(kept, Integer.parseInt(page)));
    }

    private ObjectNode outbox(CampaignStore.Kept kept) {
        var id = addresses.actor(kept.campaign().slug()) + "/outbox";
        return Documents.collection(id)
                .put("totalItems", sayings.of(kept.campaign()).size())
                .put("first", id + "?page=1");
    }

    private @Nullable ObjectNode page(CampaignStore.Kept kept, int number) {
        var all = creations(kept);
        var from = (number - 1) * PAGE;
        if (from >= all.size() && number > 1) return null;
        var slug = kept.campaign().slug();
        var id = addresses.actor(slug) + "/outbox";
        var json = Json.object().put("id", id + "?page=" + number).put("type", "OrderedCollectionPage");
        json.put("partOf", id);
        if (number > 1) json.put("prev", id + "?page=" + (number - 1));
        if (from + PAGE < all.size()) json.put("next", id + "?page=" + (number + 1));
        var items = json.putArray("orderedItems");
        all.stream().skip(from).limit(PAGE).forEach(items::add);
        return json;
    }

    /// The newest first.
    private List<ObjectNode> creations(CampaignStore.Kept kept) {
        record One(Said said, FediverseStore.Said known) {}
        var slug = kept.campaign().slug();
        var known = store.said(slug);
        return sayings.of(kept.campaign()).values().stream()
                .map(said -> new One(said, Announcer.told(kept, said, known.get(said.object()))))
                .sorted(Comparator.comparing((One one) -> one.known().published())
                        .thenComparing(one -> one.said().about())
                        .thenComparing(one -> one.said().object())
                        .reversed())
                .map(one -> documents.activity(
                        "Create",
                        slug,
                        Documents.dated(
                                one.said(), one.known().published(), one.known().updated()),
                        Documents.suffix("create", one.known().published())))
                .toList();
    }

    /// `GET /ap/{campaign}/{kind}/{thing}`: a Note or an Event; 410 and a Tombstone for one that was taken back
    /// (ActivityPub §6.4).
    public void object(ServerRequest request, ServerResponse response) {
        check();
        var parameters = request.path().pathParameters();
        var object = parameters.get("kind") + "/" + parameters.get("thing");
        if (!OBJECT.matcher(object).matches()) throw PageHandler.noSuchPage();
        var kept = pages.snapshot().kept(parameters.get("campaign")).orElseThrow(PageHandler::noSuchPage);
        if (sayings.of(kept.campaign()).containsKey(object)) {
            publish(request, response, "", one -> said(one, object));
            return;
        }
        var slug = kept.campaign().slug();
        var gone = store.said(slug, object).orElseThrow(PageHandler::noSuchPage);
        response.status(Status.GONE_410)
                .header(HeaderNames.CONTENT_TYPE, ACTIVITY.type())
                .header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.send(
                request,
                response,
                written(documents.tombstone(slug, object, gone.gone() ? gone.updated() : kept.changed())));
    }

    private @Nullable ObjectNode said(CampaignStore.Kept kept, String object) {
        var said = sayings.of(kept.campaign()).get(object);
        if (said == null) return null;
        var when = Announcer.told(
                kept, said, store.said(kept.campaign().slug(), object).orElse(null));
        return Documents.dated(said, when.published(), when.updated());
    }

    @FunctionalInterface
    private interface Making {
        @Nullable
        ObjectNode of(CampaignStore.Kept kept);
    }

    private void publish(ServerRequest request, ServerResponse response, String choice, Making making) {
        check();
        var slug = request.path().pathParameters().get("campaign");
        pages.publish(request, response, ACTIVITY, choice, (shown, _) -> {
            var kept = shown.kept(slug);
            var json = kept.isEmpty() ? null : making.of(kept.get());
            return json == null ? null : written(json);
        });
    }

    private static byte[] written(ObjectNode json) {
        return Json.bytes(Documents.withContext(json));
    }

    private void check() {
        if (!enabled) throw PageHandler.noSuchPage();
    }

    /// `POST /actor/inbox`, the shared one, and `POST /ap/{campaign}/inbox`: 202 for whatever is understood or not
    /// minded.
    public void receive(ServerRequest request, ServerResponse response) {
        check();
        var slug = request.path().pathParameters().first("campaign");
        if (slug.isPresent() && pages.snapshot().campaign(slug.get()).isEmpty()) throw PageHandler.noSuchPage();
        var body = Bodies.bytes(request, MOST);
        var asked = request.prologue();
        var query = asked.query().rawValue();
        var target = "post " + asked.uriPath().rawPath() + (query.isEmpty() ? "" : "?" + query);
        switch (inbox.receive(target, name -> header(request, name), body)) {
            case TAKEN -> response.status(Status.ACCEPTED_202).send();
            case MALFORMED -> throw Problem.malformed("body", "An activity with type and actor is wanted here.");
            case UNSIGNED ->
                throw Problem.of(
                        401,
                        "unsigned",
                        "The signature does not fit",
                        "Sign @method, @target-uri and content-digest (RFC 9421), or as of old (request-target), host,"
                                + " date and digest, with the key of the actor.");
            case TOO_MUCH -> {
                response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, "60"));
                throw Problem.of(429, "too-many", "Too many requests", "Send it again in a minute.");
            }
            case AGAIN -> throw Problem.tryLater();
        }
    }

    private static @Nullable String header(ServerRequest request, String name) {
        if (!name.matches("[a-z0-9-]{1,100}")) return null;
        var header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? String.join(", ", request.headers().get(header).allValues())
                : null;
    }
}
