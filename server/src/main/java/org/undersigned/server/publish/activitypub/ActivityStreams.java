package org.undersigned.server.publish.activitypub;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.undersigned.server.content.campaign.Campaign;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Builds the JSON of actors and activities (ActivityStreams 2.0).
///
/// A campaign is a `Group`. Mastodon and Gancio follow actors of any type. People on Mobilizon follow groups, and
/// Mobilizon instances follow groups and applications, but neither follows a `Person` or an `Organization`.
final class ActivityStreams {
    private static final int LONGEST_PARAGRAPH = 2000; // Mobilizon: 5000 for both (lib/mobilizon/actors/actor.ex)

    private final ActorUrls urls;

    ActivityStreams(ActorUrls urls) {
        this.urls = urls;
    }

    /// Returns the `@context`, with the terms that ActivityStreams and the security vocabulary do not define.
    private static ArrayNode context() {
        var context = JsonNodeFactory.instance.arrayNode();
        context.add("https://www.w3.org/ns/activitystreams").add("https://w3id.org/security/v1");
        var terms = context.addObject();
        terms.put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers");
        terms.put("Hashtag", "as:Hashtag");
        terms.put("toot", "http://joinmastodon.org/ns#").put("discoverable", "toot:discoverable");
        terms.put("ical", "http://www.w3.org/2002/12/cal/ical#").put("status", "ical:status");
        terms.put("mz", "https://joinmobilizon.org/ns#").put("timezone", "mz:timezone");
        terms.put("sc", "http://schema.org#").put("address", "sc:address").put("PostalAddress", "sc:PostalAddress");
        for (var part : new String[] {"addressLocality", "addressRegion", "addressCountry"}) {
            terms.put(part, "sc:" + part);
        }
        return context;
    }

    static ObjectNode withContext(ObjectNode json) {
        var all = BoundedJson.object();
        all.set("@context", context());
        all.setAll(json);
        return all;
    }

    /// A campaign's actor.
    ObjectNode actor(Campaign campaign, String publicKey) {
        var slug = campaign.slug();
        var json = actor(slug, "Group", slug, campaign.name().en(), publicKey);
        json.putObject("nameMap")
                .put("en", campaign.name().en())
                .put("es", campaign.name().es());
        json.put(
                "summary",
                paragraph(campaign.aim().en()) + paragraph(campaign.aim().es()));
        json.put("url", urls.base() + "/k/" + slug);
        json.put("outbox", urls.actor(slug) + "/outbox");
        json.put("followers", urls.actor(slug) + "/followers");
        json.put("following", urls.actor(slug) + "/following");
        return json;
    }

    /// The instance's own actor. It signs requests to other servers, and has no followers.
    ObjectNode instance(String publicKey) {
        var json = actor("", "Application", urls.host(), urls.host(), publicKey);
        json.put("url", urls.base() + "/");
        json.put("outbox", urls.actor("") + "/outbox");
        return json;
    }

    private ObjectNode actor(String slug, String type, String user, String name, String publicKey) {
        var json = BoundedJson.object();
        json.put("id", urls.actor(slug)).put("type", type);
        json.put("preferredUsername", user).put("name", name);
        json.put("inbox", urls.inbox(slug));
        json.putObject("endpoints").put("sharedInbox", urls.inbox(""));
        json.put("manuallyApprovesFollowers", false).put("discoverable", !slug.isEmpty());
        json.putObject("publicKey")
                .put("id", urls.key(slug))
                .put("owner", urls.actor(slug))
                .put("publicKeyPem", publicKey);
        return json;
    }

    private static String paragraph(String text) {
        return "<p>" + CampaignObjects.html(CampaignObjects.truncate(LONGEST_PARAGRAPH, text)) + "</p>";
    }

    /// Returns a collection without items and without `totalItems`. The caller adds `totalItems` only if the number
    /// is public.
    static ObjectNode collection(String id) {
        return BoundedJson.object().put("id", id).put("type", "OrderedCollection");
    }

    static ObjectNode dated(OutgoingObject outgoing, Instant published, Instant updated) {
        var json = outgoing.json().deepCopy();
        json.put("published", published.truncatedTo(ChronoUnit.SECONDS).toString());
        if (updated.isAfter(published)) {
            json.put("updated", updated.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return json;
    }

    /// Returns an activity about an object of a campaign: `Create`, `Update` or `Delete`; or an `Update` of its
    /// actor.
    ///
    /// @param suffix makes the activity's id: [#suffix]
    ObjectNode activity(String type, String slug, ObjectNode object, String suffix) {
        var json = BoundedJson.object();
        json.put("id", BoundedJson.string(object, "id") + "#" + suffix).put("type", type);
        json.put("actor", urls.actor(slug));
        json.putArray("to").add(ActorUrls.PUBLIC);
        json.putArray("cc").add(urls.actor(slug) + "/followers");
        var published = BoundedJson.string(object, type.equals("Update") ? "updated" : "published");
        if (!published.isEmpty()) json.put("published", published);
        json.set("object", object);
        return json;
    }

    /// Returns the end of an activity's id, from the moment of the change that it announces. A new change, or an
    /// object that is published again, gets another id; an activity that is sent again after a crash has the same
    /// id.
    static String suffix(String verb, Instant moment) {
        return verb + "-" + moment.toEpochMilli();
    }

    /// Returns the replacement for an object that the campaign has removed (ActivityPub §6.4).
    ObjectNode tombstone(String slug, String object, Instant deleted) {
        return BoundedJson.object()
                .put("id", urls.object(slug, object))
                .put("type", "Tombstone")
                .put("formerType", CampaignObjects.type(object))
                .put("deleted", deleted.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
