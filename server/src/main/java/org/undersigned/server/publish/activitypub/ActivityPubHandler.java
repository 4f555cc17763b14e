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
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.platform.http.RequestBodies;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import tools.jackson.databind.node.ObjectNode;

/// Serves the ActivityPub documents of this instance's actors and takes requests to their inboxes. Every method
/// responds with 404 if the operator has turned following off.
public final class ActivityPubHandler {
    private static final Representation ACTIVITY = Representation.of(
                    "application/activity+json; charset=utf-8", CachePolicy.REVALIDATE)
            .openToEverybody();

    /// Maximum length of an activity sent to an inbox, in bytes.
    static final int MAX_ACTIVITY_BYTES = 1 << 18;

    private static final int PAGE = 20;
    /// Matches all object ids of [CampaignObjects], which contain slugs, campus ids and days.
    private static final Pattern OBJECT = Pattern.compile("[a-z]+/[a-z0-9.-]+");

    private final boolean enabled;
    private final PageResponder pages;
    private final ActorUrls urls;
    private final ActivityStreams activityStreams;
    private final CampaignObjects objects;
    private final ActorKeys actors;
    private final ActivityPubStore store;
    private final Inbox inbox;

    ActivityPubHandler(
            boolean enabled,
            PageResponder pages,
            ActorUrls urls,
            ActivityStreams activityStreams,
            CampaignObjects objects,
            ActorKeys actors,
            ActivityPubStore store,
            Inbox inbox) {
        this.enabled = enabled;
        this.pages = pages;
        this.urls = urls;
        this.activityStreams = activityStreams;
        this.objects = objects;
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
                (_, _) -> toBytes(activityStreams.instance(actors.of("").publicKey())));
    }

    /// `GET /actor/outbox`: always empty, since the instance itself publishes no activities.
    public void instanceOutbox(ServerRequest request, ServerResponse response) {
        check();
        pages.publish(request, response, ACTIVITY, "", (_, _) -> toBytes(empty(urls.actor("") + "/outbox")));
    }

    private static ObjectNode empty(String id) {
        var json = ActivityStreams.collection(id).put("totalItems", 0);
        json.putArray("orderedItems");
        return json;
    }

    /// `GET /ap/{campaign}`
    public void actor(ServerRequest request, ServerResponse response) {
        publish(
                request,
                response,
                "",
                stored -> activityStreams.actor(
                        stored.campaign(), actors.of(stored.campaign().slug()).publicKey()));
    }

    /// `GET /ap/{campaign}/followers`: a collection without items and without a count.
    public void followers(ServerRequest request, ServerResponse response) {
        publish(
                request,
                response,
                "",
                stored ->
                        ActivityStreams.collection(urls.actor(stored.campaign().slug()) + "/followers"));
    }

    /// `GET /ap/{campaign}/following`: always empty, since a campaign follows no actor.
    public void following(ServerRequest request, ServerResponse response) {
        publish(
                request,
                response,
                "",
                stored -> empty(urls.actor(stored.campaign().slug()) + "/following"));
    }

    /// `GET /ap/{campaign}/outbox`, and its pages: `?page=1` …
    public void outbox(ServerRequest request, ServerResponse response) {
        var page = request.query().first("page").orElse("");
        if (!page.matches("|[1-9][0-9]{0,5}")) throw PageResponder.noSuchPage();
        publish(
                request,
                response,
                page,
                stored -> page.isEmpty() ? outbox(stored) : page(stored, Integer.parseInt(page)));
    }

    private ObjectNode outbox(CampaignStore.StoredCampaign stored) {
        var id = urls.actor(stored.campaign().slug()) + "/outbox";
        return ActivityStreams.collection(id)
                .put("totalItems", objects.of(stored.campaign()).size())
                .put("first", id + "?page=1");
    }

    private @Nullable ObjectNode page(CampaignStore.StoredCampaign stored, int number) {
        var all = creations(stored);
        var from = (number - 1) * PAGE;
        if (from >= all.size() && number > 1) return null;
        var slug = stored.campaign().slug();
        var id = urls.actor(slug) + "/outbox";
        var json = BoundedJson.object().put("id", id + "?page=" + number).put("type", "OrderedCollectionPage");
        json.put("partOf", id);
        if (number > 1) json.put("prev", id + "?page=" + (number - 1));
        if (from + PAGE < all.size()) json.put("next", id + "?page=" + (number + 1));
        var items = json.putArray("orderedItems");
        all.stream().skip(from).limit(PAGE).forEach(items::add);
        return json;
    }

    /// Returns a `Create` for each object, newest first.
    private List<ObjectNode> creations(CampaignStore.StoredCampaign stored) {
        record One(OutgoingObject outgoing, ActivityPubStore.AnnouncedObject known) {}
        var slug = stored.campaign().slug();
        var known = store.announcedObjects(slug);
        return objects.of(stored.campaign()).values().stream()
                .map(outgoing ->
                        new One(outgoing, Announcer.announcedAs(stored, outgoing, known.get(outgoing.object()))))
                .sorted(Comparator.comparing((One one) -> one.known().published())
                        .thenComparing(one -> one.outgoing().about())
                        .thenComparing(one -> one.outgoing().object())
                        .reversed())
                .map(one -> activityStreams.activity(
                        "Create",
                        slug,
                        ActivityStreams.dated(
                                one.outgoing(),
                                one.known().published(),
                                one.known().updated()),
                        ActivityStreams.suffix("create", one.known().published())))
                .toList();
    }

    /// `GET /ap/{campaign}/{kind}/{thing}`: a Note or an Event; 410 and a Tombstone for an object that the campaign
    /// has removed (ActivityPub §6.4).
    public void object(ServerRequest request, ServerResponse response) {
        check();
        var parameters = request.path().pathParameters();
        var object = parameters.get("kind") + "/" + parameters.get("thing");
        if (!OBJECT.matcher(object).matches()) throw PageResponder.noSuchPage();
        var stored = RequestedContent.campaign(request, pages.snapshot()).orElseThrow(PageResponder::noSuchPage);
        if (objects.of(stored.campaign()).containsKey(object)) {
            publish(request, response, "", one -> publishedObject(one, object));
            return;
        }
        var slug = stored.campaign().slug();
        var gone = store.announcedObjects(slug, object).orElseThrow(PageResponder::noSuchPage);
        response.status(Status.GONE_410)
                .header(HeaderNames.CONTENT_TYPE, ACTIVITY.type())
                .header(HeaderNames.CACHE_CONTROL, "no-store");
        CachedResponses.send(
                request,
                response,
                toBytes(activityStreams.tombstone(slug, object, gone.gone() ? gone.updated() : stored.changed())));
    }

    private @Nullable ObjectNode publishedObject(CampaignStore.StoredCampaign stored, String object) {
        var outgoing = objects.of(stored.campaign()).get(object);
        if (outgoing == null) return null;
        var when = Announcer.announcedAs(
                stored,
                outgoing,
                store.announcedObjects(stored.campaign().slug(), object).orElse(null));
        return ActivityStreams.dated(outgoing, when.published(), when.updated());
    }

    @FunctionalInterface
    private interface Making {
        @Nullable
        ObjectNode of(CampaignStore.StoredCampaign stored);
    }

    private void publish(ServerRequest request, ServerResponse response, String choice, Making making) {
        check();
        pages.publish(request, response, ACTIVITY, choice, (shown, _) -> {
            var kept = RequestedContent.campaign(request, shown);
            var json = kept.isEmpty() ? null : making.of(kept.get());
            return json == null ? null : toBytes(json);
        });
    }

    private static byte[] toBytes(ObjectNode json) {
        return BoundedJson.bytes(ActivityStreams.withContext(json));
    }

    private void check() {
        if (!enabled) throw PageResponder.noSuchPage();
    }

    /// `POST /actor/inbox`, the shared inbox, and `POST /ap/{campaign}/inbox`: 202 for every activity that is
    /// processed or ignored.
    public void receive(ServerRequest request, ServerResponse response) {
        check();
        var slug = request.path().pathParameters().first("campaign");
        if (slug.isPresent() && pages.snapshot().campaign(slug.get()).isEmpty()) throw PageResponder.noSuchPage();
        var body = RequestBodies.bytes(request, MAX_ACTIVITY_BYTES);
        var asked = request.prologue();
        var query = asked.query().rawValue();
        var target = "post " + asked.uriPath().rawPath() + (query.isEmpty() ? "" : "?" + query);
        switch (inbox.receive(target, name -> header(request, name), body)) {
            case ACCEPTED -> response.status(Status.ACCEPTED_202).send();
            case MALFORMED -> throw Problem.malformed("body", "The body must be an activity with type and actor.");
            case UNSIGNED ->
                throw Problem.of(
                        401,
                        "unsigned",
                        "The signature is not valid",
                        "With the actor's key, sign @method, @target-uri and content-digest (RFC 9421), or"
                                + " (request-target), host, date and digest (draft-cavage-http-signatures-12).");
            case RATE_LIMITED -> {
                response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, "60"));
                throw Problem.of(429, "too-many", "Too many requests", "Send it again in a minute.");
            }
            case RETRY -> throw Problem.tryLater();
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
