package org.undersigned.server.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.undersigned.server.federation.SignatureJudge.Scheme.DRAFT;
import static org.undersigned.server.federation.SignatureJudge.Scheme.STANDARD;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.DatabaseRows;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Tests servers that read signatures by the draft, by RFC 9421 or by both: each server gets a signature that it
/// reads, and no server gets more than two requests for the same activity.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class SignatureFallbackTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path directory;

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample().reachable();

    private static DatabaseRows rows;
    private static URI campaign;
    private static URI shared;
    private static int minutes = 100;

    @BeforeAll
    static void open() {
        rows = new DatabaseRows(instance);
        campaign = instance.url("/ap/lantern-walk");
        shared = instance.url("/actor/inbox");
    }

    /// Changes the campaign, so that all followers get an update.
    private static void change() throws IOException {
        var document = (ObjectNode) JSON.readTree(ExampleCampaign.document());
        ((ObjectNode) document.get("actions").get(0)).put("minutes", minutes++);
        var file = directory.resolve("lanterns.json");
        Files.writeString(file, JSON.writeValueAsString(document));
        instance.importCampaign(file);
    }

    private static int follow(FediverseServer server) {
        var ada = server.person("ada");
        return server.send(shared, ada, server.follow(ada, campaign.toString()));
    }

    private static void waitUntilDelivered(FediverseServer server) {
        rows.await(
                "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM fediverse.delivery WHERE inbox = '" + inbox(server) + "')");
    }

    private static String inbox(FediverseServer server) {
        return server.base() + "/inbox";
    }

    @Test
    void eachServerGetsWhatItReadsAndIsRemembered() throws IOException {
        try (var old = new FediverseServer();
                var young = new FediverseServer();
                var both = new FediverseServer()) {
            old.judge.reads = EnumSet.of(DRAFT);
            young.judge.reads = EnumSet.of(STANDARD);

            for (var server : List.of(old, young, both))
                assertThat(follow(server)).isEqualTo(202);

            assertThat(old.signatureSchemes()).containsExactly(DRAFT);
            assertThat(young.signatureSchemes()).containsExactly(DRAFT, STANDARD);
            assertThat(both.signatureSchemes()).containsExactly(DRAFT);

            change();
            for (var server : List.of(old, young, both)) {
                server.await("Update", campaign + "/events/evening-walk");
                waitUntilDelivered(server);
                assertThat(server.arrived()).as("each once").hasSize(2);
            }
            assertThat(old.signatureSchemes()).containsExactly(DRAFT, DRAFT);
            assertThat(young.signatureSchemes()).containsExactly(DRAFT, STANDARD, STANDARD);
            assertThat(both.signatureSchemes()).containsExactly(DRAFT, DRAFT);

            old.judge.reads = EnumSet.of(STANDARD); // was upgraded
            young.judge.reads = EnumSet.of(DRAFT); // was downgraded
            change();
            for (var server : List.of(old, young)) {
                server.await(one -> server.arrived().size() == 3);
                waitUntilDelivered(server);
            }
            change();
            for (var server : List.of(old, young)) {
                server.await(one -> server.arrived().size() == 4);
                waitUntilDelivered(server);
            }
            assertThat(old.signatureSchemes()).endsWith(DRAFT, DRAFT, DRAFT, STANDARD, STANDARD);
            assertThat(young.signatureSchemes()).endsWith(STANDARD, STANDARD, STANDARD, DRAFT, DRAFT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void theSameIsSentTheOtherWayHoweverASignatureIsRefused(int refusal) {
        try (var server = new FediverseServer()) {
            server.judge.reads = EnumSet.of(STANDARD);
            server.refusal = refusal;

            assertThat(follow(server)).isEqualTo(202);

            assertThat(server.signatureSchemes()).containsExactly(DRAFT, STANDARD);
            assertThat(server.arrived()).hasSize(1);
        }
    }

    @Test
    void whoReadsNeitherIsKnockedAtTwiceAndAgainLater() throws IOException {
        try (var server = new FediverseServer()) {
            assertThat(follow(server)).isEqualTo(202);
            server.judge.reads = EnumSet.noneOf(SignatureJudge.Scheme.class);

            change();
            rows.await("SELECT 1 FROM fediverse.server WHERE inbox = '" + inbox(server)
                    + "' AND failures = 1 AND due > now()");

            assertThat(server.signatureSchemes()).containsExactly(DRAFT, DRAFT, STANDARD);
            server.judge.reads = EnumSet.of(STANDARD);
            rows.execute("UPDATE fediverse.server SET due = 'epoch' WHERE inbox = '" + inbox(server) + "'");
            server.await("Update", campaign + "/events/evening-walk");
            waitUntilDelivered(server);
            assertThat(server.signatureSchemes()).containsExactly(DRAFT, DRAFT, STANDARD, DRAFT, STANDARD);
            rows.await("SELECT 1 FROM fediverse.server WHERE inbox = '" + inbox(server) + "' AND failures = 0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 500, 503})
    void anotherAnswerThanARefusalIsNoReasonToKnockAgain(int answer) {
        try (var server = new FediverseServer()) {
            server.answer = answer;

            assertThat(follow(server)).isEqualTo(503);

            assertThat(server.signatureSchemes()).containsExactly(DRAFT);
        }
    }

    @Test
    void anActorIsAskedForInTheWayItsServerReads() {
        try (var server = new FediverseServer()) {
            server.judge.reads = EnumSet.of(STANDARD);
            server.secure = true;

            assertThat(follow(server)).isEqualTo(202);

            assertThat(server.refused()).containsExactly("not read: DRAFT"); // once; then the scheme is known
            assertThat(server.signatureSchemes()).containsExactly(STANDARD);
        }
    }
}
