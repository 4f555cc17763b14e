package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.undersigned.server.support.TestInstance.sleep;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.record.BoxId;
import org.undersigned.record.recount.Progress;
import org.undersigned.record.recount.Recount;
import org.undersigned.record.recount.Report;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.startup.StartupFailure;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.TestCluster;
import org.undersigned.server.support.TestCluster.Template;
import org.undersigned.server.support.TestCluster.TestDatabase;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.MemoryTiles;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteSigner;
import org.undersigned.tlog.Tree;
import org.undersigned.tlog.http.WitnessClient;
import org.undersigned.tlog.http.WitnessClient.Outcome;
import org.undersigned.tlog.witness.AddCheckpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two instances of independent operators cosign each other's register, and a recount requires the cosignature.
final class WitnessTest {
    private static final JsonMapper JSON = new JsonMapper();
    /// Signers of two more logs that `south` accepts, each for one test.
    private static final NoteSigner EAST = signer("east.example/register");

    private static final NoteSigner WEST = signer("west.example/register");

    private static final HttpClient HTTP = new CheckedClient();

    private static OperatorMachine north;
    private static OperatorMachine south;

    /// An operator's machine with one instance, which a test can restart with other settings.
    private static final class OperatorMachine implements AutoCloseable {
        private final Path data;
        private final int port = Ports.free();
        private final Map<String, String> settings;
        private final TestDatabase database = TestCluster.shared().database(Template.MIGRATED);
        private Instance instance;

        OperatorMachine(Path directory, String name) {
            data = directory.resolve(name);
            settings = new HashMap<>(Map.of(
                    "SMTP_HOST",
                    "127.0.0.1",
                    "MAIL_FROM",
                    "codes@" + name + ".example.org",
                    "PUBLIC_URL",
                    "https://" + name + ".example.org",
                    "PORT",
                    Integer.toString(port),
                    "UNDERSIGNED_DATA",
                    data.toString()));
            settings.putAll(database.environment());
            start();
        }

        void start() {
            instance = Instance.start(Config.serve(new Settings(settings)));
        }

        void restart(Map<String, String> more) {
            instance.close();
            settings.putAll(more);
            start();
        }

        URI url(String path) {
            return URI.create("http://localhost:" + port + path);
        }

        JsonNode metadata() {
            return JSON.readTree(get("/.well-known/undersigned.json").body());
        }

        HttpResponse<String> get(String path) {
            return ask(HttpRequest.newBuilder(url(path)), HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<byte[]> addCheckpoint(String body) {
            var path = "/witness/add-checkpoint";
            var request = HttpRequest.newBuilder(url(path)).POST(BodyPublishers.ofString(body));
            return ask(request, HttpResponse.BodyHandlers.ofByteArray());
        }

        Note checkpoint() {
            return Note.parse(get("/log/register/checkpoint").body());
        }

        CosignatureVerifier witnessKey() {
            return CosignatureVerifier.parse(metadata().get("witness_key").stringValue());
        }

        /// Returns the value by which other instances list this one in `WITNESSES`: URL and key.
        String witnessSetting() {
            return url("/witness/") + " " + witnessKey().vkey();
        }

        @Override
        public void close() {
            instance.close();
            database.close();
        }
    }

    private static <T> HttpResponse<T> ask(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request.build(), body);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static NoteSigner signer(String origin) {
        return NoteSigner.ed25519(
                origin, Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    @BeforeAll
    static void start(@TempDir Path directory) {
        north = new OperatorMachine(directory, "north");
        south = new OperatorMachine(directory, "south");
        north.restart(Map.of(
                "WITNESSES", south.witnessSetting(),
                "WITNESS_LOGS", south.metadata().get("register_key").stringValue()));
        var logs = List.of(
                north.metadata().get("register_key").stringValue(),
                EAST.verifier().vkey(),
                WEST.verifier().vkey());
        south.restart(Map.of("WITNESSES", north.witnessSetting(), "WITNESS_LOGS", String.join(", ", logs)));
    }

    @AfterAll
    static void stop() {
        north.close();
        south.close();
    }

    private static void until(java.util.function.BooleanSupplier condition, String what) {
        for (var attempt = 0; !condition.getAsBoolean(); attempt++) {
            if (attempt == 600) throw new AssertionError("never: " + what);
            sleep(100);
        }
    }

    private static boolean isCosigned(OperatorMachine house, OperatorMachine by) {
        return by.witnessKey().verify(house.checkpoint());
    }

    @Test
    void twoInstancesCosignForEachOtherAndARecountAsksForIt() throws Exception {
        until(() -> isCosigned(north, south), "south cosigned north's register");
        until(() -> isCosigned(south, north), "north cosigned south's register");
        var key = south.witnessKey();
        assertThat(north.metadata().get("witnesses").valueStream().map(JsonNode::stringValue))
                .containsExactly(key.vkey());

        // a witness that is down delays nothing
        south.instance.close();
        CommandRun.of(
                        north.database.environment(),
                        "import",
                        "campaign",
                        ExampleCampaign.FILE.toString(),
                        "--data",
                        north.data.toString())
                .isDone();
        until(() -> north.get("/p/lantern-lights/record").statusCode() == 200, "the petition has a box");
        assertThat(key.verify(north.checkpoint())).isFalse();

        south.start();
        until(() -> isCosigned(north, south), "south cosigned what north had told meanwhile");
        var record = north.get("/p/lantern-lights/record").body();
        assertThat(record).contains("--witness " + key.vkey());
        var box = BoxId.of(record.replaceFirst("(?s).*/log/box/([a-z2-7]{26})/.*", "$1"));
        var report = recount(box, key);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.checks())
                .anyMatch(check -> check.toString().contains("cosigned by south.example.org/witness"));
        assertThat(recount(box, north.witnessKey()).ok()).isFalse();
    }

    @Test
    void aWitnessRefusesAForkedLogAlsoAfterARestart() throws Exception {
        var client = new WitnessClient(HTTP, south.url("/witness/"), south.witnessKey());
        var log = new MemoryLog(EAST);
        log.grow(5, "one");
        assertThat(client.cosign(log.checkpoint(), log.tiles)).isInstanceOf(Outcome.Cosigned.class);
        var other = new MemoryLog(EAST);
        other.grow(5, "another");
        assertThat(client.cosign(other.checkpoint(), other.tiles)).isEqualTo(new Outcome.Conflict(5));
        other.grow(3, "another");

        assertThat(client.cosign(other.checkpoint(), other.tiles))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(422));
        south.restart(Map.of());
        assertThat(client.cosign(other.checkpoint(), other.tiles)).isInstanceOf(Outcome.Refused.class);
        log.grow(4, "one");
        assertThat(client.cosign(log.checkpoint(), log.tiles)).isInstanceOf(Outcome.Cosigned.class);
    }

    @Test
    void whatIsNoRequestOfAKnownLogIsRefusedWithItsReason() throws Exception {
        var log = new MemoryLog(WEST);
        log.grow(2, "one");
        var request = new AddCheckpoint(0, List.of(), log.checkpoint()).text();

        refused(south.addCheckpoint("old 01\n\n" + log.checkpoint()), 400, "old <size>");
        refused(south.addCheckpoint("x".repeat(1 << 21)), 413, "65536 bytes");
        refused(
                south.addCheckpoint(new AddCheckpoint(3, List.of(), log.checkpoint()).text()),
                400,
                "greater than the new size");
        refused(north.addCheckpoint(request), 404, "operator");
        var foreign = NoteSigner.ed25519("west.example/register", new byte[32]);
        var forged =
                new AddCheckpoint(0, List.of(), foreign.sign(log.checkpoint().text())).text();
        refused(south.addCheckpoint(forged), 403, "It has no signature by a key");
        assertThat(south.addCheckpoint(new AddCheckpoint(1, List.of(), log.checkpoint()).text()))
                .satisfies(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(409);
                    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
                    assertThat(answer.body()).asString().isEqualTo("0\n"); // the witness stored nothing
                });
        assertThat(south.addCheckpoint(request).statusCode()).isEqualTo(200);
    }

    @Test
    void wrongWitnessSettingsAreReportedInOneLine() {
        for (var wrong : List.of(
                Map.of("WITNESSES", "https://south.example.org/witness/"),
                Map.of(
                        "WITNESSES",
                        "ftp://south.example.org/ " + south.witnessKey().vkey()),
                Map.of("WITNESSES", south.witnessSetting() + ", " + south.witnessSetting()),
                Map.of("WITNESS_LOGS", south.witnessKey().vkey()))) {
            var settings = new HashMap<>(north.settings);
            settings.putAll(wrong);
            assertThatThrownBy(() -> Config.serve(new Settings(settings)))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageStartingWith("WITNESSES must be addresses with keys")
                    .message()
                    .doesNotContain("\n");
        }
    }

    private static void refused(HttpResponse<byte[]> answer, int status, String detail) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("detail").stringValue()).contains(detail);
    }

    private static Report recount(BoxId box, CosignatureVerifier witness) throws IOException {
        var options = new Recount.Options(null, null, null, null, List.of(witness), Progress.NONE);
        return Recount.run(new HttpSite(north.url("/"), HTTP), box, options);
    }

    /// A log in memory, with a key that `south` accepts.
    private static final class MemoryLog {
        private final NoteSigner signer;
        private final MemoryTiles tiles = new MemoryTiles();
        private final List<String> leaves = new ArrayList<>();
        private Tree tree = Tree.EMPTY;

        MemoryLog(NoteSigner signer) {
            this.signer = signer;
        }

        void grow(int count, String word) throws IOException {
            var more = IntStream.range(leaves.size(), leaves.size() + count)
                    .mapToObj(i -> word + " " + i)
                    .toList();
            leaves.addAll(more);
            tree = LogWriter.open(tiles, tree)
                    .append(more.stream()
                            .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
                            .toList());
        }

        Note checkpoint() {
            var checkpoint = new Checkpoint(signer.verifier().name(), tree.size(), tree.root(), List.of());
            return signer.sign(checkpoint.text());
        }
    }
}
