package org.undersigned.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.support.DatabaseRows;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tests with documents that Mastodon, Mobilizon and Gancio really send, from
/// `src/test/resources/activitypub/recorded/` (its README names the source of each document), signed again here as
/// those programs sign.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class RecordedActivitiesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> GANCIOS = List.of("(request-target)", "host", "date", "digest");
    /// In the order of Mobilizon's signature of 2019.
    private static final List<String> MOBILIZONS =
            List.of("(request-target)", "content-length", "date", "digest", "host");

    @TempDir
    private static Path directory;

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample().reachable();

    private static DatabaseRows rows;
    private static URI campaign;
    private static URI shared;

    @BeforeAll
    static void open() {
        rows = new DatabaseRows(instance);
        campaign = instance.url("/ap/lantern-walk");
        shared = instance.url("/actor/inbox");
    }

    private static List<String> covered(String name) {
        if (name.startsWith("gancio")) return GANCIOS;
        return name.startsWith("mobilizon") ? MOBILIZONS : FediverseServer.MASTODON_COVERED;
    }

    /// Sends a recorded document, signed with its actor's key.
    private static int send(FediverseServer server, String name) {
        return send(server, name, server.recorded(name, campaign));
    }

    private static int send(FediverseServer server, String name, String document) {
        var key = JSON.readTree(document).get("actor").stringValue() + "#main-key";
        var request =
                FediverseServer.signed(shared, key, server.keys.getPrivate(), Instant.now(), covered(name), document);
        return server.send(shared, request);
    }

    /// Returns the only activity that was sent to `server`.
    private static JsonNode only(FediverseServer server) {
        assertThat(server.refused()).isEmpty();
        assertThat(server.arrived()).hasSize(1);
        return server.arrived().getFirst().activity();
    }

    @ParameterizedTest
    @CsvSource({
        "mastodon-person,       mastodon-follow,  /inbox,                     mastodon-undo-follow",
        "mastodon-person,       mastodon-follow,  /inbox,                     mastodon-delete-person",
        "mastodon-person,       mastodon-follow,  /inbox,                     mastodon-delete-person-4",
        "mobilizon-relay,       mobilizon-follow, /inbox,                     mobilizon-undo-follow",
        "gancio-actor,          gancio-follow,    /federation/u/gancio/inbox, gancio-unfollow",
    })
    void aFollowIsAcceptedAndItsEndForgetsIt(String actor, String follow, String inbox, String end) {
        try (var server = new FediverseServer()) {
            var id = server.publishRecorded(actor);
            var sent = JSON.readTree(server.recorded(follow, campaign));

            assertThat(send(server, follow)).isEqualTo(202);

            var accept = only(server);
            assertThat(server.arrived().getFirst().path()).isEqualTo(inbox);
            assertThat(accept.get("type").stringValue()).isEqualTo("Accept");
            assertThat(accept.get("actor").stringValue()).isEqualTo(campaign.toString());
            // Mastodon: app/lib/activitypub/activity/accept.rb finds the request by the Follow's id or by its
            // actor. Mobilizon: do_handle_incoming_accept_following in
            // lib/federation/activity_pub/transmogrifier.ex finds it by its id.
            var object = accept.get("object");
            for (var member : List.of("id", "type", "actor", "object")) {
                assertThat(object.get(member)).as(member).isEqualTo(sent.get(member));
            }
            assertThat(accept.get("to").get(0).stringValue()).isEqualTo(id);
            assertThat(accept.get("id").stringValue()).startsWith(campaign + "#accept-");
            assertThat(rows.of("SELECT inbox FROM fediverse.follower")).contains(server.base() + inbox);

            assertThat(send(server, end)).isEqualTo(202);

            assertThat(rows.followers(server)).isZero();
            assertThat(rows.of("SELECT inbox FROM fediverse.server")).doesNotContain(server.base() + inbox);
        }
    }

    /// Other kinds of actors of these programs, with the same activities.
    @ParameterizedTest
    @CsvSource({
        "mastodon-person-4.6,     mastodon-follow,  /inbox",
        "mastodon-instance-actor, mastodon-follow,  /inbox",
        "mobilizon-person,        mobilizon-follow, /inbox",
    })
    void everyKindOfActorOfTheirsIsRead(String actor, String follow, String inbox) {
        try (var server = new FediverseServer()) {
            var id = server.publishRecorded(actor);
            var document = ((ObjectNode) JSON.readTree(server.recorded(follow, campaign))).put("actor", id);

            assertThat(send(server, follow, document.toString())).isEqualTo(202);

            assertThat(only(server).get("type").stringValue()).isEqualTo("Accept");
            assertThat(rows.of("SELECT inbox FROM fediverse.follower")).contains(server.base() + inbox);
        }
    }

    @Test
    void aMastodonPersonWithoutASharedInboxIsRejected() {
        try (var server = new FediverseServer()) {
            var document = (ObjectNode) JSON.readTree(server.recorded("mastodon-person", campaign));
            document.remove("endpoints");
            server.publish("/users/ada", document.toString());

            assertThat(send(server, "mastodon-follow")).isEqualTo(202);

            assertThat(only(server).get("type").stringValue()).isEqualTo("Reject");
            assertThat(server.arrived().getFirst().path()).isEqualTo("/users/ada/inbox");
            assertThat(rows.followers(server)).isZero();
        }
    }

    /// If a person deletes their account, Mastodon sends a Delete to every server that it knows; by then the
    /// actor's document is gone.
    @ParameterizedTest
    @CsvSource({"mastodon-delete-person", "mastodon-delete-person-4"})
    void whoIsNoMoreIsForgottenWithoutTheirKey(String delete) {
        try (var server = new FediverseServer()) {
            server.publishRecorded("mastodon-person");
            assertThat(send(server, "mastodon-follow")).isEqualTo(202);
            server.remove("/users/ada");
            var document = server.recorded(delete, campaign);
            var key = server.base() + "/users/ada#main-key";
            var unknown = FediverseServer.keys().getPrivate();

            assertThat(server.send(
                            shared,
                            FediverseServer.signed(
                                    shared, key, unknown, Instant.now(), FediverseServer.MASTODON_COVERED, document)))
                    .isEqualTo(202);

            assertThat(rows.followers(server)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mastodon-person, mastodon-like",
        "mastodon-person, mastodon-announce",
        "mastodon-person, mastodon-quote-request",
        "mobilizon-person, mobilizon-join",
        "gancio-actor, gancio-create"
    })
    void whatMeansNothingHereIsTakenAndDropped(String actor, String activity) {
        try (var server = new FediverseServer()) {
            server.publishRecorded(actor);
            var before = rows.of("SELECT count(*) FROM fediverse.follower");

            assertThat(send(server, activity)).isEqualTo(202);

            assertThat(server.arrived()).isEmpty();
            assertThat(rows.of("SELECT count(*) FROM fediverse.follower")).isEqualTo(before);
        }
    }

    /// Gancio: server/federation/inbox.js removes an event only if the Delete's object is of type Event; Mobilizon:
    /// is_group_object_gone in lib/federation/activity_pub/transmogrifier.ex requests the object and requires a
    /// response that it is gone; Mastodon: app/lib/activitypub/activity/delete.rb requires the object's id.
    @Test
    void anActionThatIsTakenBackIsTakenBackEverywhere() throws IOException {
        try (var mobilizon = new FediverseServer();
                var gancio = new FediverseServer()) {
            mobilizon.publishRecorded("mobilizon-relay");
            gancio.publishRecorded("gancio-actor");
            assertThat(send(mobilizon, "mobilizon-follow")).isEqualTo(202);
            assertThat(send(gancio, "gancio-follow")).isEqualTo(202);
            var teachIn = campaign + "/events/teach-in";
            assertThat(instance.get("/ap/lantern-walk/events/teach-in").statusCode())
                    .isEqualTo(200);

            var document = (ObjectNode) JSON.readTree(ExampleCampaign.document());
            ((ArrayNode) document.get("actions")).remove(1);
            var file = directory.resolve("lanterns.json");
            Files.writeString(file, JSON.writeValueAsString(document));
            instance.importCampaign(file);

            var told = mobilizon.await("Delete", teachIn).activity().get("object");
            assertThat(told.get("type").stringValue()).isEqualTo("Tombstone");
            assertThat(told.get("formerType").stringValue()).isEqualTo("Event");
            assertThat(gancio.await("Delete", teachIn)
                            .activity()
                            .get("object")
                            .get("type")
                            .stringValue())
                    .isEqualTo("Event");
            var gone = instance.get("/ap/lantern-walk/events/teach-in");
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(gone.headers().firstValue("Content-Type").orElse("")).startsWith("application/activity+json");
            assertThat(TestInstance.json(gone).get("type").stringValue()).isEqualTo("Tombstone");
            assertThat(TestInstance.json(gone).get("id").stringValue()).isEqualTo(teachIn);
            assertThat(TestInstance.json(gone).get("deleted")).isEqualTo(told.get("deleted"));
        }
    }
}
