package org.undersigned.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.support.DatabaseRows;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tests that other programs can follow a campaign, and that no data names a follower.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class ActivityPubTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path directory;

    @RegisterExtension
    static final TestInstance instance =
            TestInstance.ofDemonstration().withOwnCluster().reachable();

    private static DatabaseRows rows;
    private static URI campaign;
    private static URI shared;
    /// The documents before any test changes the campaign.
    private static JsonNode event;

    private static JsonNode note;
    private static JsonNode answer;

    @BeforeAll
    static void open() throws IOException {
        ExampleCampaign.importAndAnnounce(instance);
        rows = new DatabaseRows(instance);
        campaign = instance.url("/ap/lantern-walk");
        shared = instance.url("/actor/inbox");
        event = get("/ap/lantern-walk/events/evening-walk");
        note = get("/ap/lantern-walk/updates/2040-02-05-1");
        answer = get("/ap/lantern-walk/answers/harbor.example-1-2040-02-04-1");
    }

    /// Changes this class's own copy of the campaign's document, and imports it.
    private static void change(Consumer<ObjectNode> how) throws IOException {
        var file = directory.resolve("lanterns.json");
        var document = (ObjectNode) JSON.readTree(Files.readString(Files.exists(file) ? file : ExampleCampaign.FILE));
        how.accept(document);
        Files.writeString(file, JSON.writeValueAsString(document));
        instance.importCampaign(file);
    }

    private static ObjectNode action(ObjectNode document, String slug) {
        for (var one : document.get("actions")) {
            if (one.get("slug").stringValue().equals(slug)) return (ObjectNode) one;
        }
        throw new AssertionError(slug);
    }

    private static JsonNode get(String path) {
        var response = instance.get(path, "Accept", "application/activity+json");
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return TestInstance.json(response);
    }

    @Test
    void aCampaignIsFoundByItsNameAndReadAsAnActor() {
        var finger = get("/.well-known/webfinger?resource=acct:lantern-walk@" + campaign.getAuthority());
        var actor = get("/ap/lantern-walk");

        assertThat(finger.get("subject").stringValue()).isEqualTo("acct:lantern-walk@" + campaign.getAuthority());
        assertThat(finger.get("links").get(0).get("rel").stringValue()).isEqualTo("self");
        assertThat(finger.get("links").get(0).get("href").stringValue()).isEqualTo(campaign.toString());
        for (var alias : finger.get("aliases")) {
            assertThat(get("/.well-known/webfinger?resource=" + alias.stringValue()))
                    .isEqualTo(finger);
        }
        assertThat(finger.get("aliases").valueStream().map(JsonNode::stringValue))
                .contains(campaign.toString(), instance.url("/k/lantern-walk").toString());
        assertThat(get("/.well-known/webfinger?resource=" + instance.url("/"))
                        .get("links")
                        .get(0)
                        .get("href"))
                .isEqualTo(get("/actor").get("id"));
        assertThat(instance.get("/.well-known/webfinger?resource=acct:nobody@" + campaign.getAuthority())
                        .statusCode())
                .isEqualTo(404);
        assertThat(instance.get("/.well-known/webfinger?resource=acct:lantern-walk@elsewhere.example")
                        .statusCode())
                .isEqualTo(404);
        assertThat(instance.get("/.well-known/webfinger").statusCode()).isEqualTo(400);
        assertThat(instance.get("/.well-known/webfinger?resource=foo").statusCode())
                .isEqualTo(400);
        assertThat(actor.get("id").stringValue()).isEqualTo(campaign.toString());
        assertThat(actor.get("type").stringValue()).isEqualTo("Group");
        assertThat(actor.get("preferredUsername").stringValue()).isEqualTo("lantern-walk");
        assertThat(actor.get("name").stringValue()).isEqualTo("Lantern Walk");
        assertThat(actor.get("inbox").stringValue()).isEqualTo(campaign + "/inbox");
        assertThat(actor.get("endpoints").get("sharedInbox").stringValue()).isEqualTo(shared.toString());
        assertThat(actor.get("publicKey").get("owner").stringValue()).isEqualTo(campaign.toString());
        assertThat(actor.get("url").stringValue())
                .isEqualTo(instance.url("/k/lantern-walk").toString());
        assertThat(get("/actor").get("type").stringValue()).isEqualTo("Application");
    }

    @Test
    void theDemonstrationIsFollowedAsItIsTold() {
        var actor = get("/ap/sanctuary-campus");
        assertThat(actor.get("preferredUsername").stringValue()).isEqualTo("sanctuary-campus");
        assertThat(actor.get("name").stringValue()).isEqualTo("Sanctuary Campus");
        assertThat(get("/.well-known/webfinger?resource=acct:sanctuary-campus@" + campaign.getAuthority())
                        .get("links")
                        .findValuesAsString("href"))
                .contains(actor.get("id").stringValue());

        var walkout = get("/ap/sanctuary-campus/events/usc-ucla-walkout");
        assertThat(walkout.get("nameMap").get("en").stringValue()).isEqualTo("Joint walkout of USC and UCLA");
        assertThat(walkout.get("nameMap").get("es").stringValue()).isEqualTo("Paro conjunto de USC y UCLA");
        assertThat(OffsetDateTime.parse(walkout.get("startTime").stringValue()))
                .isEqualTo(OffsetDateTime.parse("2016-11-16T15:00-08:00"));
        assertThat(OffsetDateTime.parse(walkout.get("endTime").stringValue()))
                .isEqualTo(OffsetDateTime.parse("2016-11-16T16:00-08:00"));
        assertThat(walkout.get("location").get("name").stringValue())
                .contains("USC: Hahn Plaza, by the Traveler statue", "USC: Hahn Plaza, junto a la estatua de Traveler");
        assertThat(walkout.get("content").stringValue())
                .contains("UCLA: marched toward north campus", "UCLA: concentración ante Royce Hall");
        assertThat(walkout.get("tag").get(0).get("name").stringValue()).isEqualTo("#SanctuaryCampus");
        assertThat(walkout.get("attributedTo").stringValue())
                .isEqualTo(actor.get("id").stringValue());

        var first = URI.create(get("/ap/sanctuary-campus/outbox").get("first").stringValue());
        assertThat(get(first.getPath() + "?" + first.getQuery())
                        .get("orderedItems")
                        .valueStream()
                        .map(one -> one.get("object").get("id").stringValue()))
                .contains(walkout.get("id").stringValue());
    }

    @Test
    void nodeInfoTellsTheProgramAndNobodysNumber() {
        var links = get("/.well-known/nodeinfo").get("links");
        var info = get(URI.create(links.get(0).get("href").stringValue()).getPath());

        assertThat(info.get("version").stringValue()).isEqualTo("2.1");
        assertThat(info.get("software").get("name").stringValue()).isEqualTo("undersigned");
        assertThat(info.get("protocols").get(0).stringValue()).isEqualTo("activitypub");
        assertThat(info.get("usage").get("users").get("total").intValue()).isEqualTo(2);
    }

    @Test
    void whatACampaignSaysIsReadAsEventsAndNotes() {
        assertThat(event.get("type").stringValue()).isEqualTo("Event");
        assertThat(event.get("name").stringValue()).isEqualTo("Evening walk");
        assertThat(event.get("nameMap").get("es").stringValue()).isEqualTo("Marcha de la tarde");
        assertThat(OffsetDateTime.parse(event.get("startTime").stringValue()).toLocalDateTime())
                .hasToString("2040-11-16T18:30");
        assertThat(OffsetDateTime.parse(event.get("endTime").stringValue()).toLocalDateTime())
                .hasToString("2040-11-16T20:00");
        assertThat(event.get("location").get("type").stringValue()).isEqualTo("Place");
        assertThat(event.get("location").get("name").stringValue()).contains("Old gate", "Puerta vieja");
        assertThat(event.get("ical:status").stringValue()).isEqualTo("CONFIRMED");
        assertThat(event.get("content").stringValue())
                .contains("We walk the dark mile together", "Caminamos juntos la milla oscura");
        assertThat(event.get("attributedTo").stringValue()).isEqualTo(campaign.toString());
        assertThat(event.get("tag").get(0).get("name").stringValue()).isEqualTo("#LanternWalk");
        assertThat(event.get("published").stringValue()).endsWith("Z");
        assertThat(note.get("content").stringValue())
                .contains("Harbor University has promised lights", "Harbor University ha prometido luces");
        assertThat(answer.get("contentMap").get("en").stringValue())
                .contains("partly adopted", "We will light the north path by autumn.");
        assertThat(instance.get("/ap/lantern-walk/events/nothing").statusCode()).isEqualTo(404);
        assertThat(instance.get("/ap/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void theOutboxHoldsEverythingAndTheFollowersNothing() {
        var outbox = get("/ap/lantern-walk/outbox");
        var items = new ArrayList<JsonNode>();
        var next = outbox.get("first");
        while (next != null) {
            var page =
                    get(next.stringValue().substring(instance.url("").toString().length()));
            page.get("orderedItems").forEach(items::add);
            next = page.get("next");
        }

        assertThat(items).hasSize(outbox.get("totalItems").intValue());
        assertThat(items)
                .extracting(one -> one.get("object").get("id").stringValue())
                .doesNotHaveDuplicates();
        assertThat(items).extracting(one -> one.get("type").stringValue()).containsOnly("Create");
        assertThat(instance.get("/ap/lantern-walk/outbox?page=99").statusCode()).isEqualTo(404);
        var followers = get("/ap/lantern-walk/followers");
        assertThat(followers.propertyNames()).containsExactlyInAnyOrder("@context", "id", "type");
    }

    @Test
    void somebodyOnMastodonFollowsAndHearsWhatChangesOnce() throws IOException {
        try (var mastodon = new FediverseServer()) {
            var ada = mastodon.person("ada");
            var follow = mastodon.follow(ada, campaign.toString());

            assertThat(mastodon.send(shared, ada, follow)).isEqualTo(202);

            var accept = mastodon.arrived().getFirst(); // sent before the response
            assertThat(accept.path()).isEqualTo("/inbox");
            assertThat(accept.activity().get("type").stringValue()).isEqualTo("Accept");
            assertThat(accept.activity().get("object").get("id").stringValue())
                    .isEqualTo(JSON.readTree(follow).get("id").stringValue());
            assertThat(accept.userAgent()).isEqualTo("Undersigned (+http://" + campaign.getAuthority() + "/)");
            assertThat(rows.of("SELECT inbox || ' ' || due FROM fediverse.server WHERE inbox LIKE '" + mastodon.base()
                            + "%'"))
                    .singleElement()
                    .asString()
                    .startsWith(mastodon.base() + "/inbox 1970-01-01");

            change(document -> {
                action(document, "evening-walk").put("time", "19:00");
                ((ArrayNode) document.get("updates"))
                        .insertObject(0)
                        .put("date", "2040-03-01")
                        .putNull("source")
                        .putObject("text")
                        .put("en", "Bring <two> lanterns & friends.")
                        .put("es", "Traiga <dos> faroles y amistades.");
            });

            var changed = mastodon.await("Update", campaign + "/events/evening-walk")
                    .activity()
                    .get("object");
            var fresh = mastodon.await("Create", campaign + "/updates/2040-03-01-1")
                    .activity()
                    .get("object");
            assertThat(changed.get("startTime").stringValue()).startsWith("2040-11-16T19:00");
            assertThat(changed.get("updated").stringValue())
                    .isNotEqualTo(changed.get("published").stringValue());
            assertThat(fresh.get("content").stringValue()).contains("Bring &lt;two&gt; lanterns &amp; friends.");
            waitUntilDelivered(mastodon);
            assertThat(mastodon.arrived()).as("an acceptance and two changes").hasSize(3);
            assertThat(mastodon.refused()).isEmpty();
        }
    }

    private static void waitUntilDelivered(FediverseServer server) {
        rows.await("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM fediverse.delivery WHERE inbox LIKE '" + server.base()
                + "%')");
    }

    @Test
    void mobilizonAndGancioFollowAndHearOfACancellation() throws IOException {
        try (var mobilizon = new FediverseServer();
                var gancio = new FediverseServer()) {
            var relay = mobilizon.publish("/relay", """
                    {"@context":["https://www.w3.org/ns/activitystreams","https://litepub.social/litepub/context.jsonld",
                      {"Hashtag":"as:Hashtag","ical":"http://www.w3.org/2002/12/cal/ical#",
                       "joinMode":{"@id":"mz:joinMode","@type":"mz:joinModeType"},"mz":"https://joinmobilizon.org/ns#",
                       "sc":"http://schema.org#","uuid":"sc:identifier"}],
                     "endpoints":{"sharedInbox":"HOST/inbox"},"followers":"HOST/relay/followers",
                     "following":"HOST/relay/following","id":"HOST/relay","inbox":"HOST/inbox",
                     "manuallyApprovesFollowers":false,"name":"Mobilizon","outbox":null,"preferredUsername":"relay",
                     "publicKey":{"id":"HOST/relay#main-key","owner":"HOST/relay","publicKeyPem":"PEM"},
                     "summary":"Our instance","type":"Application","url":"HOST/relay"}
                    """);
            var follow = """
                    {"@context":["https://www.w3.org/ns/activitystreams",{"mz":"https://joinmobilizon.org/ns#"}],
                     "actor":"%s","cc":["https://www.w3.org/ns/activitystreams#Public"],"id":"%s/follow/b7791977",
                     "object":"%s","to":["%s"],"type":"Follow"}
                    """.formatted(relay, mobilizon.base(), campaign, campaign);
            var inbox = URI.create(campaign + "/inbox");
            var mobilizons = List.of("(request-target)", "date", "digest", "host");
            assertThat(mobilizon.send(
                            inbox,
                            FediverseServer.signed(
                                    inbox,
                                    relay + "#main-key",
                                    mobilizon.keys.getPrivate(),
                                    Instant.now(),
                                    mobilizons,
                                    follow)))
                    .isEqualTo(202);
            var events = gancio.publish("/federation/u/gancio", """
                    {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",
                      {"toot":"http://joinmastodon.org/ns#","schema":"http://schema.org#",
                       "ProperyValue":"schema:PropertyValue","value":"schema:value"}],
                     "id":"HOST/federation/u/gancio","type":"Application","name":"gancio","preferredUsername":"gancio",
                     "inbox":"HOST/federation/u/gancio/inbox","outbox":"HOST/federation/u/gancio/outbox",
                     "discoverable":true,"attachment":[],
                     "publicKey":{"id":"HOST/federation/u/gancio#main-key","owner":"HOST/federation/u/gancio",
                       "publicKeyPem":"PEM"}}
                    """);
            // Gancio names its key without the fragment.
            assertThat(gancio.send(inbox, gancio.signed(inbox, events, gancio.follow(events, campaign.toString()))))
                    .isEqualTo(202);
            assertThat(rows.of("SELECT inbox FROM fediverse.server"))
                    .contains(gancio.base() + "/federation/u/gancio/inbox");

            change(document -> action(document, "evening-walk").put("state", "cancelled"));

            var cancelled =
                    mobilizon.await("Update", campaign + "/events/evening-walk").activity();
            var atMobilizon = cancelled.get("object");
            assertThat(atMobilizon.get("status").stringValue()).isEqualTo("CANCELLED");
            assertThat(atMobilizon.get("ical:status").stringValue()).isEqualTo("CANCELLED");
            assertThat(atMobilizon.get("name").stringValue()).isEqualTo("Cancelled: Evening walk");
            assertThat(atMobilizon.get("location").get("address").get("type").stringValue())
                    .isEqualTo("PostalAddress");
            var atGancio = gancio.await("Update", campaign + "/events/evening-walk")
                    .activity()
                    .get("object");
            assertThat(atGancio.get("name").stringValue()).isEqualTo("Cancelled: Evening walk");
            assertThat(atGancio.get("location").get("address").isString()).isTrue();
            assertThat(atGancio.get("attachment").isArray()).isTrue();

            change(document -> ((ArrayNode) document.get("updates")).remove(0));
            change(document -> action(document, "evening-walk").put("state", "changed"));

            mobilizon.await(one ->
                    one.activity().path("object").path("name").asString("").equals("Evening walk"));
            mobilizon.await(one -> one.activity().get("type").stringValue().equals("Delete")); // in any order
            var gone = mobilizon.arrived().stream()
                    .filter(one -> one.activity().get("type").stringValue().equals("Delete"))
                    .toList();
            assertThat(gone).hasSize(1);
            change(document -> action(document, "evening-walk").put("state", "cancelled"));
            mobilizon.await(one -> !one.activity().equals(cancelled)
                    && one.activity().path("object").path("status").asString("").equals("CANCELLED"));
            assertThat(mobilizon.arrived())
                    .as("what is said again is another activity")
                    .extracting(one -> one.activity().get("id").stringValue())
                    .doesNotHaveDuplicates();
            var id = gone.getFirst().activity().get("object").get("id").stringValue();
            assertThat(instance.get(URI.create(id).getPath()).statusCode()).isEqualTo(410);
            assertThat(mobilizon.refused()).isEmpty();
            assertThat(gancio.refused()).isEmpty();
        }
    }

    @Test
    void otherFollowersOnTheServerStillGetUpdates() throws IOException {
        try (var server = new FediverseServer()) {
            var ada = server.person("ada");
            var bo = server.person("bo");
            for (var one : List.of(ada, bo)) server.send(shared, one, server.follow(one, campaign.toString()));
            assertThat(rows.followers(server)).isEqualTo(2);

            assertThat(server.send(shared, ada, server.undo(ada, campaign.toString())))
                    .isEqualTo(202);
            assertThat(rows.followers(server)).isEqualTo(1);
            assertThat(server.send(shared, ada, server.undo(bo, campaign.toString())))
                    .as("in another's name")
                    .isEqualTo(401);
            assertThat(rows.followers(server)).isEqualTo(1);

            server.remove("/users/bo"); // deleted: the server returns 410 for the actor and its key
            var farewell = """
                    {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#delete","type":"Delete",
                     "actor":"%1$s","to":["https://www.w3.org/ns/activitystreams#Public"],"object":"%1$s"}
                    """.formatted(bo);
            var other = FediverseServer.keys();
            for (var attempt = 0; attempt < 2; attempt++) {
                var request = FediverseServer.signed(
                        shared,
                        bo + "#main-key",
                        other.getPrivate(),
                        Instant.now(),
                        FediverseServer.MASTODON_COVERED,
                        farewell);
                assertThat(server.send(shared, request)).isEqualTo(202);
            }
            assertThat(rows.followers(server)).isZero();
            assertThat(rows.of("SELECT inbox FROM fediverse.server")).doesNotContain(server.base() + "/inbox");
        }
    }

    @Test
    void aRequestThatIsNotRightlySignedDoesNothing() {
        try (var server = new FediverseServer();
                var stranger = new FediverseServer()) {
            var ada = server.person("ada");
            var mallory = stranger.person("mallory");
            var follow = server.follow(ada, campaign.toString());
            var key = server.keys.getPrivate();
            var all = FediverseServer.MASTODON_COVERED;
            var now = Instant.now();
            var id = ada + "#main-key";
            var good = FediverseServer.signed(shared, id, key, now, all, follow);
            var elsewhere = URI.create(campaign + "/inbox");

            assertThat(List.of(
                            server.send(shared, new FediverseServer.Request(java.util.Map.of(), follow)),
                            server.send(shared, new FediverseServer.Request(good.headers(), follow + " ")),
                            server.send(elsewhere, good),
                            server.send(
                                    shared,
                                    FediverseServer.signed(
                                            shared, id, key, now.minus(Duration.ofMinutes(61)), all, follow)),
                            server.send(
                                    shared,
                                    FediverseServer.signed(
                                            shared, id, key, now.plus(Duration.ofMinutes(62)), all, follow)),
                            server.send(
                                    shared,
                                    FediverseServer.signed(shared, id, stranger.keys.getPrivate(), now, all, follow)),
                            server.send(
                                    shared,
                                    FediverseServer.signed(
                                            shared,
                                            mallory + "#main-key",
                                            stranger.keys.getPrivate(),
                                            now,
                                            all,
                                            follow)),
                            server.send(
                                    shared,
                                    FediverseServer.signed(
                                            shared, id, key, now, List.of("(request-target)", "host", "date"), follow)),
                            server.send(
                                    shared,
                                    FediverseServer.signed(
                                            shared,
                                            id,
                                            key,
                                            now,
                                            List.of("(request-target)", "host", "digest"),
                                            follow)),
                            server.send(
                                    shared,
                                    FediverseServer.signed(
                                            shared, id, key, now, List.of("host", "date", "digest"), follow))))
                    .containsOnly(401);
            assertThat(rows.followers(server) + rows.followers(stranger)).isZero();
            assertThat(server.arrived()).isEmpty();

            assertThat(server.send(shared, good)).isEqualTo(202);
            assertThat(server.send(shared, ada, server.undo(ada, campaign.toString())))
                    .isEqualTo(202);
            assertThat(server.send(shared, good)).as("sent again").isEqualTo(202);
            assertThat(rows.followers(server)).as("whoever left stays away").isZero();
        }
    }

    @Test
    void whoSignsByTheStandardFollowsToo() {
        try (var server = new FediverseServer()) {
            var eve = server.person("eve");
            var id = eve + "#main-key";
            var now = Instant.now();
            var follow = server.follow(eve, campaign.toString());
            var good = server.signedByRfc9421(shared, id, now, follow);

            assertThat(List.of(
                            server.send(shared, new FediverseServer.Request(good.headers(), follow + " ")),
                            server.send(URI.create(campaign + "/inbox"), good),
                            server.send(
                                    shared, server.signedByRfc9421(shared, id, now.minus(Duration.ofHours(2)), follow)),
                            server.send(shared, server.signedByRfc9421(shared, shared + "#main-key", now, follow))))
                    .containsOnly(401);
            assertThat(rows.followers(server)).isZero();

            assertThat(server.send(shared, good)).isEqualTo(202);

            assertThat(rows.followers(server)).isOne();
            assertThat(server.arrived())
                    .singleElement()
                    .satisfies(one ->
                            assertThat(one.activity().get("type").stringValue()).isEqualTo("Accept"));
            var leaving = server.signedByRfc9421(shared, id, now, server.undo(eve, campaign.toString()));
            assertThat(server.send(shared, leaving)).isEqualTo(202);
            assertThat(rows.followers(server)).isZero();
            assertThat(server.send(shared, good)).as("sent again").isEqualTo(202);
            assertThat(rows.followers(server)).isZero();
        }
    }

    @Test
    void whoseServerHasNoSharedInboxIsRejectedSinceAnInboxOfTheirOwnIsTheirName() {
        try (var server = new FediverseServer()) {
            var ada = server.person("ada");
            server.publish("/users/ada", server.base()); // replaces the document
            var document = """
                    {"@context":["https://www.w3.org/ns/activitystreams"],"id":"HOST/users/ada","type":"Person",
                     "inbox":"HOST/users/ada/inbox","preferredUsername":"ada",
                     "publicKey":{"id":"HOST/users/ada/main-key","owner":"HOST/users/ada","publicKeyPem":"PEM"}}
                    """;
            server.publish("/users/ada", document);

            var request = server.signed(shared, ada + "/main-key", server.follow(ada, campaign.toString()));
            assertThat(server.send(shared, request)).isEqualTo(202);

            assertThat(server.arrived()).singleElement().satisfies(one -> {
                assertThat(one.path()).isEqualTo("/users/ada/inbox");
                assertThat(one.activity().get("type").stringValue()).isEqualTo("Reject");
            });
            assertThat(rows.followers(server)).isZero();
        }
    }

    @Test
    void aPersonalInboxListedAsSharedIsRejected() {
        try (var server = new FediverseServer()) {
            var ada = server.publish("/users/ada", """
                    {"@context":["https://www.w3.org/ns/activitystreams"],"id":"HOST/users/ada","type":"Person",
                     "inbox":"HOST/users/ada/inbox","endpoints":{"sharedInbox":"HOST/users/ada/inbox"},
                     "publicKey":{"id":"HOST/users/ada#main-key","owner":"HOST/users/ada","publicKeyPem":"PEM"}}
                    """);

            assertThat(server.send(shared, ada, server.follow(ada, campaign.toString())))
                    .isEqualTo(202);

            assertThat(server.arrived())
                    .singleElement()
                    .satisfies(one ->
                            assertThat(one.activity().get("type").stringValue()).isEqualTo("Reject"));
            assertThat(rows.followers(server)).isZero();
        }
    }

    @Test
    void forgeriesDoNotBlockKnownActorsOfThatServer() {
        try (var server = new FediverseServer()) {
            var ada = server.person("ada");
            assertThat(server.send(shared, ada, server.follow(ada, campaign.toString())))
                    .isEqualTo(202);
            var other = FediverseServer.keys().getPrivate();
            var leaving = server.undo(ada, campaign.toString());
            Supplier<Integer> forgery = () -> server.send(
                    shared,
                    FediverseServer.signed(
                            shared,
                            ada + "#main-key",
                            other,
                            Instant.now(),
                            FediverseServer.MASTODON_COVERED,
                            leaving));
            for (var attempt = 0; forgery.get() != 429; attempt++) {
                assertThat(attempt).as("a minute's measure, twice at most").isLessThan(250);
            }

            assertThat(server.send(shared, ada, leaving)).isEqualTo(202);

            assertThat(rows.followers(server)).isZero();
        }
    }

    @Test
    void anAcceptanceThatDoesNotArriveIsSentAgainWhenTheFollowIs() {
        try (var server = new FediverseServer()) {
            var ada = server.person("ada");
            var follow = server.follow(ada, campaign.toString());
            server.answer = 500;
            assertThat(server.send(shared, ada, follow)).isEqualTo(503);
            assertThat(rows.followers(server)).as("durable already").isEqualTo(1);

            server.answer = 202;
            assertThat(server.send(shared, ada, follow)).isEqualTo(202);
            assertThat(server.arrived()).hasSize(1);
            assertThat(rows.followers(server)).isEqualTo(1);

            server.answer = 410;
            assertThat(server.send(shared, ada, server.undo(ada, campaign.toString())))
                    .isEqualTo(202);
        }
    }

    @Test
    void oneInstanceOfOursFollowsAnother() throws Exception {
        try (var second =
                TestInstance.ofDemonstration().reachable().withOwnKeys().start()) {
            second.get("/actor"); // creates its keys
            var actor = second.url("/actor").toString();
            var master = MasterKey.at(second.data().resolve("master.key"), new SecureRandom());
            byte[] sealed;
            try (var connection = second.database();
                    var statement = connection.createStatement();
                    var row =
                            statement.executeQuery("SELECT private_key_sealed FROM fediverse.actor WHERE slug = ''")) {
                assertThat(row.next()).isTrue();
                sealed = row.getBytes(1);
            }
            var key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(master.open("fediverse/key/", sealed)));
            try (var hand = new FediverseServer()) {
                var follow = hand.follow(actor, campaign.toString());
                var request = FediverseServer.signed(
                        shared, actor + "#main-key", key, Instant.now(), FediverseServer.MASTODON_COVERED, follow);

                var forged = FediverseServer.signed(
                        shared,
                        actor + "#main-key",
                        hand.keys.getPrivate(),
                        Instant.now(),
                        FediverseServer.MASTODON_COVERED,
                        follow);

                assertThat(hand.send(shared, forged))
                        .as("by the key that the second publishes only")
                        .isEqualTo(401);
                assertThat(hand.send(shared, request))
                        .as("its acceptance was taken there")
                        .isEqualTo(202);
            }
            var inbox = second.url("/actor/inbox").toString();
            assertThat(rows.of("SELECT inbox FROM fediverse.server")).contains(inbox);

            change(document -> action(document, "evening-walk").put("minutes", 95));

            rows.await(
                    "SELECT 1 FROM fediverse.announced WHERE object = 'events/evening-walk' AND updated > published");
            rows.await("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM fediverse.delivery WHERE inbox = '" + inbox + "')");
            assertThat(rows.of("SELECT failures FROM fediverse.server WHERE inbox = '" + inbox + "'"))
                    .containsExactly("0");

            try (var hand = new FediverseServer()) {
                var undo = hand.undo(actor, campaign.toString());
                var request = FediverseServer.signed(
                        shared, actor + "#main-key", key, Instant.now(), FediverseServer.MASTODON_COVERED, undo);
                assertThat(hand.send(shared, request)).isEqualTo(202);
            }
            assertThat(rows.of("SELECT inbox FROM fediverse.server")).doesNotContain(inbox);
        }
    }

    @Test
    void nothingThatIsSentToAnInboxBreaksIt() {
        try (var server = new FediverseServer()) {
            var ada = server.person("ada");
            var random = new Random(5); // a fixed seed
            var seeds = List.of(
                    server.follow(ada, campaign.toString()), server.undo(ada, campaign.toString()), "[]", "{}", "\"\"");
            for (var i = 0; i < 300; i++) {
                var bytes = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
                for (var n = random.nextInt(4); n > 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                assertThat(instance.postBytes("/actor/inbox", bytes, "Signature", "keyId=\"" + i + "\"")
                                .statusCode())
                        .isIn(202, 400, 401);
            }
            var deep = "{\"type\":\"Follow\",\"object\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
            assertThat(instance.postBytes("/actor/inbox", deep.getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(instance.postBytes("/actor/inbox", new byte[(1 << 18) + 1])
                            .statusCode())
                    .isEqualTo(413);
            assertThat(instance.postBytes("/ap/nothing/inbox", new byte[1]).statusCode())
                    .isEqualTo(404);
            var like = "{\"type\":\"Like\",\"id\":\"%s/l\",\"actor\":\"%s\",\"object\":\"%s\"}"
                    .formatted(ada, ada, campaign);
            assertThat(instance.postBytes("/actor/inbox", like.getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    /// A subpoena would get only the inboxes of servers, and tags that name no person.
    @Test
    void storedDataNamesNoFollower() throws IOException {
        try (var server = new FediverseServer()) {
            var name = "zuzanna.abubakar";
            var who = server.person(name);
            assertThat(server.send(shared, who, server.follow(who, campaign.toString())))
                    .isEqualTo(202);
            assertThat(rows.followers(server)).isEqualTo(1);

            var holding = new ArrayList<Path>();
            for (var file : instance.files()) {
                if (file.toString().contains("/programs/")) continue; // PostgreSQL's own programs
                var text = TestInstance.textOf(file);
                if (Pattern.compile("zuzanna|abubakar", Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find()) {
                    holding.add(file);
                }
            }
            assertThat(holding).isEmpty();
            assertThat(rows.of("SELECT column_name FROM information_schema.columns WHERE table_schema = 'fediverse'"
                            + " AND table_name = 'follower' ORDER BY 1"))
                    .containsExactly("campaign", "inbox", "tag");
            for (var path : List.of("/ap/lantern-walk", "/ap/lantern-walk/followers", "/ap/lantern-walk/outbox")) {
                assertThat(TestInstance.text(instance.get(path))).doesNotContain(server.base());
            }
        }
    }
}
