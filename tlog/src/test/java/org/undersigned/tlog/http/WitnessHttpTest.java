package org.undersigned.tlog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.FileTiles;
import org.undersigned.tlog.LogClient;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.MemoryTiles;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Monitor;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteSigner;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.Tree;
import org.undersigned.tlog.http.WitnessClient.Outcome;
import org.undersigned.tlog.witness.AddCheckpoint;
import org.undersigned.tlog.witness.FileWitnessState;
import org.undersigned.tlog.witness.Witness;
import org.undersigned.tlog.witness.WitnessState;

/// Two instances over real HTTP: each stores a log in files, serves it, and is the other's witness.
final class WitnessHttpTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(http));

    @TempDir
    private Path folder;

    /// A log, and a witness of another log, on one port.
    private final class Instance {
        final String origin;
        final NoteSigner signer;
        final Cosigner cosigner;
        final FileTiles tiles;
        final URI url;
        private final HttpServer server;
        private Tree tree = Tree.EMPTY;

        Instance(int number) throws IOException {
            origin = "instance" + number + ".example/log";
            signer = NoteSigner.ed25519(origin, seed(number));
            var name = "instance" + number + ".example/witness";
            cosigner = number == 2 // one of each key type
                    ? Cosigner.mlDsa44(name, seed(100 + number))
                    : Cosigner.ed25519(name, seed(100 + number));
            tiles = FileTiles.in(folder.resolve("log" + number));
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/log/", files(folder.resolve("log" + number)));
            server.start();
            open.add(() -> server.stop(0));
            url = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        }

        void witness(Instance other) throws IOException {
            var state = FileWitnessState.open(
                    folder.resolve(cosigner.verifier().name().replace('/', '_')));
            open.add(state);
            witness(other, state);
        }

        void witness(Instance other, WitnessState state) {
            var logs = Map.of(other.origin, List.of(other.signer.verifier()));
            var witness = new Witness(cosigner, logs, state, InstantSource.system());
            server.createContext("/add-checkpoint", new WitnessHandler(witness));
        }

        Note sign(Tree tree) {
            return signer.sign(new Checkpoint(origin, tree.size(), tree.root(), List.of()).text());
        }

        Note append(int leaves) throws IOException {
            var batch = new ArrayList<byte[]>();
            for (var i = 0; i < leaves; i++)
                batch.add((origin + " " + (tree.size() + i)).getBytes(StandardCharsets.UTF_8));
            tree = LogWriter.open(tiles, tree).append(batch);
            return sign(tree);
        }

        WitnessClient client() {
            return new WitnessClient(http, url, cosigner.verifier());
        }

        LogClient read(LogPolicy policy) {
            var log = new HttpLog(http, url.resolve("log"));
            return new LogClient(policy, log, log);
        }
    }

    private static byte[] seed(int number) {
        var seed = new byte[32];
        seed[0] = (byte) number;
        return seed;
    }

    private static HttpHandler files(Path root) {
        return exchange -> {
            try (exchange) {
                var file = root.resolve(exchange.getRequestURI().getPath().substring("/log/".length()));
                if (!Files.isRegularFile(file)) {
                    exchange.sendResponseHeaders(404, -1);
                    return;
                }
                exchange.getResponseHeaders().set("Content-Encoding", "GZip");
                var packed = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(packed)) {
                    Files.copy(file, gzip);
                }
                exchange.sendResponseHeaders(200, packed.size());
                packed.writeTo(exchange.getResponseBody());
            }
        };
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) one.close();
    }

    @Test
    void twoInstancesCosignForEachOtherAndAReaderAsksForBoth() throws IOException {
        var one = new Instance(1);
        var two = new Instance(2);
        one.witness(two);
        two.witness(one);
        var policy = LogPolicy.of(one.signer.verifier()).withWitnesses(List.of(two.cosigner.verifier()), 1);
        var monitor = new Monitor(one.read(policy), Tree.EMPTY, new MemoryTiles());
        var seen = new ArrayList<byte[]>();

        for (var batch : new int[] {3, 1, 400, 0, 7}) {
            publish(one, two, batch);
            publish(two, one, batch);
            monitor.next((_, entry) -> seen.add(entry));
        }

        assertThat(seen).hasSize(411);
        assertThat(monitor.trusted().size()).isEqualTo(411);
        var proof = one.read(policy).latest().proof(42);
        assertThat(proof.verify(Merkle.leaf(seen.get(42)), policy)).isTrue();
    }

    private static void publish(Instance log, Instance witness, int leaves) throws IOException {
        var note = log.append(leaves);
        var outcome = (Outcome.Cosigned) witness.client().cosign(note, log.tiles);
        log.tiles.publish(note.with(outcome.cosignatures()));
    }

    @Test
    void aSecondHistoryIsNotCosignedAndNotRead() throws IOException {
        var one = new Instance(1);
        var two = new Instance(2);
        two.witness(one);
        publish(one, two, 5);

        var other = one.sign(new Tree(5, Merkle.EMPTY_ROOT));

        assertThat(two.client().cosign(other, one.tiles, 5)).isEqualTo(new Outcome.Conflict(5));
        one.tiles.publish(other);
        var policy = LogPolicy.of(one.signer.verifier()).withWitnesses(List.of(two.cosigner.verifier()), 1);
        assertThatThrownBy(() -> one.read(policy).latest()).hasMessageContaining("cosigned by 0");
    }

    @Test
    void aWitnessThatKnowsNotTheLogOrIsAnotherIsNoWitness() throws IOException {
        var one = new Instance(1);
        var two = new Instance(2);
        two.witness(one);
        var stranger = new Instance(3);

        assertThat(two.client().cosign(stranger.append(1), stranger.tiles)).isEqualTo(new Outcome.Refused(404, ""));
        var misled = new WitnessClient(http, two.url, stranger.cosigner.verifier());
        assertThat(misled.cosign(one.append(1), one.tiles))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(200));
    }

    @Test
    void onlyPostsOfARequestsLengthAreRead() throws Exception {
        var one = new Instance(1);
        one.witness(one);
        var address = one.url.resolve("add-checkpoint");
        var text = HttpResponse.BodyHandlers.ofString();

        var get = http.send(HttpRequest.newBuilder(address).build(), text);
        var large = HttpRequest.BodyPublishers.ofByteArray(new byte[1_100_000]);

        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(http.send(HttpRequest.newBuilder(address).POST(large).build(), text)
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void whatTheWebHasNotIsNotThere() throws IOException {
        var one = new Instance(1);
        var log = new HttpLog(http, one.url.resolve("log/"));
        one.append(1);

        assertThat(log.read(new Tile(0, 0, 1))).hasSize(32);
        assertThatThrownBy(() -> log.read(new Tile(0, 0, 2))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(log::checkpoint).isInstanceOf(NoSuchFileException.class);
        Files.write(folder.resolve("log1/tile/0/000.p/1"), new byte[100_000]);
        assertThatThrownBy(() -> log.read(new Tile(0, 0, 1))).hasMessageContaining("more than 8192 bytes");
    }

    private HttpResponse<String> post(URI address, String body) throws Exception {
        var request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void eachRefusalHasItsStatus() throws Exception {
        var one = new Instance(1);
        var two = new Instance(2);
        two.witness(one);
        var address = two.url.resolve("add-checkpoint");
        publish(one, two, 5);
        var note = one.append(1);
        var forged = note.signatures().getFirst().signature();
        forged[0] ^= 1;
        var key = one.signer.verifier();
        var spoilt = note.with(List.of(new Note.NoteSignature(key.name(), key.keyId(), forged)));

        assertThat(post(address, new AddCheckpoint(5, List.of(), note).text()).statusCode())
                .isEqualTo(422);
        assertThat(post(address, new AddCheckpoint(5, List.of(), spoilt).text()).statusCode())
                .as("a forged signature beside a valid one")
                .isEqualTo(403);
        assertThat(post(address, "nonsense").statusCode()).isEqualTo(400);
        assertThat(post(two.url.resolve("add-checkpointXYZ"), "nonsense").statusCode())
                .isEqualTo(404);
        assertThat(post(two.url.resolve("add-checkpoint/x"), "nonsense").statusCode())
                .isEqualTo(404);
        assertThat(two.client().cosign(note, one.tiles)).isInstanceOf(Outcome.Cosigned.class);
    }

    @Test
    void aWitnessThatCannotRememberCosignsNothing() throws Exception {
        var one = new Instance(1);
        var two = new Instance(2);
        two.witness(one, new WitnessState() {
            @Override
            public Tree latest(String origin) {
                return Tree.EMPTY;
            }

            @Override
            public boolean replace(String origin, Tree expected, Tree next) throws IOException {
                throw new IOException("the disk is full");
            }
        });

        assertThat(two.client().cosign(one.append(1), one.tiles)).isEqualTo(new Outcome.Refused(500, ""));
    }

    @Test
    void aConflictsContentTypeMayHaveParameters() throws IOException {
        var one = new Instance(1);
        one.server.createContext("/add-checkpoint", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Content-Type", "text/X.tlog.size; charset=utf-8");
                exchange.sendResponseHeaders(409, 2);
                exchange.getResponseBody().write("7\n".getBytes(StandardCharsets.UTF_8));
            }
        });

        assertThat(one.client().cosign(one.append(1), one.tiles)).isEqualTo(new Outcome.Conflict(7));
    }

    /// 256 entries of the maximum length, incompressible, so that the gzip form is longer than the plain form.
    @Test
    void theLargestBundleThereIsCanBeRead() throws IOException {
        var one = new Instance(1);
        var chance = new Random(1);
        var entries = new ArrayList<byte[]>();
        for (var i = 0; i < Tile.FULL; i++) {
            var entry = new byte[EntryBundle.MAX_ENTRY];
            chance.nextBytes(entry);
            entries.add(entry);
        }
        var bundle = EntryBundle.encode(entries);
        one.tiles.write(new Tile(Tile.ENTRIES, 0, Tile.FULL), bundle);

        assertThat(new HttpLog(http, one.url.resolve("log")).read(new Tile(Tile.ENTRIES, 0, Tile.FULL)))
                .isEqualTo(bundle);
    }
}
