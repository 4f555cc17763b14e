package org.undersigned.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.JsonNode;

/// Tests that what we publish has every member that the code of Mastodon, Mobilizon and Gancio reads. A comment
/// beside each check names the place in that code (files of mastodon/mastodon, framasoft/mobilizon, lesion/gancio,
/// read in November 2026).
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class ReaderCompatibilityTest {
    private static final String AS = "https://www.w3.org/ns/activitystreams";
    private static final List<String> CAMPAIGNS = List.of("lantern-walk", "sanctuary-campus");

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample().reachable();

    private static JsonNode get(String path) {
        var response = instance.get(path, "Accept", "application/activity+json");
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return TestInstance.json(response);
    }

    private static JsonNode follow(JsonNode address) {
        var text = address.stringValue();
        assertThat(text).startsWith(instance.url("").toString());
        return get(text.substring(instance.url("").toString().length()));
    }

    /// Returns all activities of both campaigns.
    private static List<JsonNode> activities() {
        var all = new ArrayList<JsonNode>();
        for (var campaign : CAMPAIGNS) {
            var next = get("/ap/" + campaign + "/outbox").get("first");
            while (next != null) {
                var page = follow(next);
                page.get("orderedItems").forEach(all::add);
                next = page.get("next");
            }
        }
        return all;
    }

    private static List<JsonNode> objects(String type) {
        var found = activities().stream()
                .map(one -> one.get("object"))
                .filter(one -> one.get("type").stringValue().equals(type))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private static String string(JsonNode of, String name) {
        assertThat(of.path(name).isString()).as(name + " of " + of).isTrue();
        return of.get(name).stringValue();
    }

    private static String host(String address) {
        return URI.create(address).getHost();
    }

    private static void assertIsList(JsonNode of, String name) {
        assertThat(of.path(name).isArray()).as(name + " of " + of).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ap/lantern-walk", "/ap/sanctuary-campus", "/actor"})
    void anActorIsComplete(String path) {
        var actor = get(path);
        var id = string(actor, "id");

        // Mastodon: FetchRemoteActorService, SUPPORTED_TYPES; JsonLdHelper#supported_context?
        assertThat(string(actor, "type")).isIn("Application", "Group", "Organization", "Person", "Service");
        assertThat(actor.get("@context").get(0).stringValue()).isEqualTo(AS);
        var name = string(actor, "preferredUsername");
        // Mastodon: FetchRemoteActorService#check_webfinger!; Mobilizon: lib/federation/web_finger/web_finger.ex
        var finger = get("/.well-known/webfinger?resource=acct:" + name + "@"
                + instance.url("").getAuthority());
        assertThat(string(finger, "subject"))
                .isEqualTo("acct:" + name + "@" + instance.url("").getAuthority());
        var self = finger.get("links").get(0);
        assertThat(string(self, "rel")).isEqualTo("self");
        assertThat(string(self, "type")).isEqualTo("application/activity+json");
        assertThat(string(self, "href")).isEqualTo(id);
        // Mastodon: ProcessAccountService requires an inbox; a url of another host is ignored
        assertThat(host(string(actor, "inbox"))).isEqualTo(host(id));
        assertThat(host(string(actor, "url"))).isEqualTo(host(id));
        string(actor, "name");
        // Mastodon: ProcessAccountService; Mobilizon: Converter.Actor; Gancio: sendEvent in
        // server/federation/helpers.js
        string(actor.get("endpoints"), "sharedInbox");
        string(actor, "outbox");
        assertThat(actor.get("manuallyApprovesFollowers").isBoolean()).isTrue();
        assertThat(actor.get("discoverable").isBoolean()).isTrue();
        // Mastodon: FetchRemoteKeyService; Mobilizon: Converter.Actor; Gancio: verifySignature in helpers.js
        var key = actor.get("publicKey");
        assertThat(string(key, "id")).startsWith(id + "#");
        assertThat(string(key, "owner")).isEqualTo(id);
        assertThat(string(key, "publicKeyPem")).startsWith("-----BEGIN PUBLIC KEY-----\n");
        // Mobilizon: remote_actor_creation in lib/mobilizon/actors/actor.ex
        assertThat(name).hasSizeBetween(1, 100);
        assertThat(actor.path("summary").asString("")).hasSizeLessThan(5000);
        // Mastodon: ProcessAccountService#collection_total_items fetches these
        for (var collection : List.of("outbox", "following", "followers")) {
            if (actor.has(collection)) {
                assertThat(string(follow(actor.get(collection)), "type")).isEqualTo("OrderedCollection");
            }
        }
    }

    @Test
    void anActivityIsComplete() {
        assertThat(activities()).isNotEmpty().allSatisfy(activity -> {
            var actor = string(activity, "actor");
            // Mastodon: app/lib/activitypub/activity.rb; Mobilizon: handle_incoming in transmogrifier.ex refuses an
            // empty id
            assertThat(string(activity, "type")).isEqualTo("Create");
            assertThat(string(activity, "id")).isNotEmpty();
            var object = activity.get("object");
            // Mastodon: Activity::Create#invalid_origin?; Mobilizon: Utils.origin_check?
            assertThat(host(string(object, "id"))).isEqualTo(host(actor));
            assertThat(host(string(object, "url"))).isEqualTo(host(actor));
            assertThat(string(object, "attributedTo")).isEqualTo(actor);
            // Mastodon: Parser::StatusParser#visibility; Mobilizon: get_visibility in Converter.Event needs a list
            for (var one : List.of(activity, object)) {
                assertIsList(one, "to");
                assertThat(one.get("to").get(0).stringValue()).isEqualTo(AS + "#Public");
                assertThat(one.get("cc").get(0).stringValue()).isEqualTo(actor + "/followers");
                OffsetDateTime.parse(string(one, "published"));
            }
            // Mastodon: Parser::StatusParser#text, #language
            assertThat(string(object, "content")).isNotBlank();
            assertThat(object.get("contentMap").propertyNames()).containsExactly("en", "es");
            // Gancio: events.js reads attachment.length and each tag's name after its #
            assertIsList(object, "attachment");
            object.path("tag").forEach(tag -> {
                assertThat(string(tag, "type")).isEqualTo("Hashtag");
                assertThat(string(tag, "name")).startsWith("#").hasSizeGreaterThan(1);
                string(tag, "href");
            });
        });
    }

    @Test
    void anEventIsComplete() {
        assertThat(objects("Event")).allSatisfy(event -> {
            // Mobilizon: maybe_fetch_actor_and_attributed_to_id in converter/utils.ex requires two actors and
            // fetches both
            assertThat(string(event, "actor")).isNotEqualTo(string(event, "attributedTo"));
            assertThat(string(follow(event.get("actor")), "type")).isEqualTo("Application");
            assertThat(string(follow(event.get("attributedTo")), "type")).isEqualTo("Group");
            // Mobilizon: validate_lengths in lib/mobilizon/events/event.ex; Gancio: required_fields in events.js
            assertThat(string(event, "name")).hasSizeBetween(3, 200);
            // Mastodon: converted objects show name, summary and url
            assertThat(string(event, "summary")).isNotBlank();
            var begins = OffsetDateTime.parse(string(event, "startTime"));
            // Mobilizon: validate_end_time
            if (event.has("endTime"))
                assertThat(OffsetDateTime.parse(string(event, "endTime"))).isAfterOrEqualTo(begins);
            // Mobilizon: EventStatus, in upper case
            assertThat(string(event, "status").toLowerCase(Locale.ROOT)).isIn("tentative", "confirmed", "cancelled");
            assertThat(string(event, "ical:status")).isEqualTo(string(event, "status"));
            string(event, "timezone");
            assertThat(string(event, "mediaType")).isEqualTo("text/html");
            // Mobilizon: Converter.Address: an object; is_float(latitude) and is_float(longitude)
            var place = event.get("location");
            assertThat(string(place, "name")).isNotBlank();
            var address = place.get("address");
            for (var part : List.of("addressRegion", "addressCountry")) string(address, part);
            // The town, if more than the state is known. With the state in it, readers would show the state twice.
            if (address.has("addressLocality"))
                assertThat(string(address, "addressLocality")).isNotBlank().doesNotContain(",");
            if (place.has("latitude")) {
                assertThat(place.get("latitude").isFloatingPointNumber()).isTrue();
                assertThat(place.get("longitude").isFloatingPointNumber()).isTrue();
            }
        });
    }

    @Test
    void aNoteIsComplete() {
        // Mastodon: Activity::Create, SUPPORTED_TYPES; a summary would hide the text behind a warning
        assertThat(objects("Note")).allSatisfy(note -> {
            assertThat(note.has("summary")).isFalse();
            assertThat(note.has("inReplyTo")).isFalse();
        });
    }

    /// Gancio: getNodeInfo in server/federation/helpers.js refuses a server without NodeInfo; Mobilizon:
    /// lib/federation/node_info.ex; NodeInfo 2.1 schema: the required members.
    @Test
    void nodeInfoIsComplete() {
        var links = get("/.well-known/nodeinfo").get("links");
        assertThat(string(links.get(0), "rel")).isEqualTo("http://nodeinfo.diaspora.software/ns/schema/2.1");
        var info = follow(links.get(0).get("href"));

        assertThat(info.propertyNames())
                .contains("version", "software", "protocols", "services", "openRegistrations", "usage", "metadata");
        assertThat(string(info.get("software"), "name")).matches("[a-z0-9-]+");
        string(info.get("software"), "version");
        assertIsList(info.get("services"), "inbound");
        assertIsList(info.get("services"), "outbound");
        assertThat(info.get("usage").get("users").isObject()).isTrue();
        assertThat(info.get("metadata").isObject()).isTrue();
    }
}
