package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.Manifest;
import org.undersigned.record.recount.Recount;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.ServerProcess;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Tile;
import tools.jackson.databind.json.JsonMapper;

/// Kills the process (SIGKILL) at random moments while people sign and the publisher runs. Every promised entry is
/// published, no entry is in the box twice, and the recount succeeds.
final class CrashTest {
    private static final int SIGNERS_AT_ONCE = 4;

    private final SecureRandom random = new SecureRandom();
    private final Queue<Hash> promised = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Long> starts = new ArrayList<>(); // milliseconds until ready, in order of the starts

    @TempDir
    private Path directory;

    private final int port = Ports.free();
    private final HttpSite site = new HttpSite(URI.create("http://localhost:" + port), new CheckedClient());

    @Test
    void everyPromiseSurvivesTwoKills() throws Exception {
        everyPromiseSurvives(2);
    }

    @Test
    @Tag("slow")
    void everyPromiseSurvivesTwentyKills() throws Exception {
        everyPromiseSurvives(20);
    }

    private void everyPromiseSurvives(int kills) throws Exception {
        var moments = new Random(20161116); // when to kill, in milliseconds after the first promise
        var server = startServer();
        var signers = new ArrayList<Thread>();
        for (var i = 0; i < SIGNERS_AT_ONCE; i++) signers.add(Thread.ofVirtual().start(this::signUntilStopped));
        try {
            for (var kill = 0; kill < kills; kill++) {
                awaitPromise(promised.size()); // at least one person signs between two kills
                Thread.sleep(moments.nextInt(1_800));
                server.kill();
                server = startServer();
            }
            stop.set(true);
            for (var signer : signers) signer.join(60_000);
            var promisedBefore = List.copyOf(promised);
            // Ten more entries fill a batch with all that waited; some of the ten may wait for the next batch.
            for (var i = 0; i < 10; i++) signOnce();
            assertThat(failures).isEmpty();

            var box = box();
            var published = waitFor(promisedBefore, box);
            var report = Recount.run(site, box.box());

            System.out.println(
                    kills + " kills, " + promised.size() + " promises, " + published.size() + " entries published");
            System.out.println("ready again after a kill in " + median(starts) + " ms (median; the first start took "
                    + starts.getFirst() + " ms)");
            assertThat(report.ok()).as(report.checks().toString()).isTrue();
            assertThat(published).doesNotHaveDuplicates();
            assertThat(Set.copyOf(published)).containsAll(promisedBefore);
            assertThat(Set.copyOf(promised)).containsAll(published);
            assertThat(promisedBefore).hasSizeGreaterThan(kills);
            assertThat(report.count("member")).isBetween((long) promisedBefore.size(), (long) promised.size());
        } finally {
            stop.set(true);
            server.close();
        }
    }

    private void awaitPromise(int more) throws InterruptedException {
        for (var attempt = 0; promised.size() <= more && failures.isEmpty(); attempt++) {
            assertThat(attempt).as("attempts until somebody could sign").isLessThan(1_200);
            Thread.sleep(50);
        }
    }

    private static long median(List<Long> durations) {
        return durations.stream()
                .sorted()
                .skip(durations.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private ServerProcess startServer() throws Exception {
        var server = ServerProcess.demo(directory, port, "--no-signers");
        starts.add(server.readyMillis());
        return server;
    }

    private void signUntilStopped() {
        try {
            while (!stop.get()) signOnce();
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    /// One person signs and retries while the server is killed; the wallet repeats the same bytes.
    private void signOnce() throws InterruptedException {
        var wallet = Wallet.inMemory();
        var address = "member" + Long.toString(random.nextLong(1L << 40), 36) + "@tufts.edu";
        var codes = 0;
        for (var attempt = 0; attempt < 400; attempt++) {
            try {
                var instance = Signer.instance(site);
                var book = Signer.fetchBook(site, instance, "tufts.edu");
                var signer = new Signer(site, instance, "tufts.edu", address, wallet, random);
                signer.requestCode();
                signer.draw(book, code(address));
                promised.add(signer.cast(boxIn(book), 0, null).leafHash());
                return;
            } catch (RefusedException e) {
                // A crash lost the mail: request another. After five mails this person must wait, so another person
                // signs instead.
                assertThat(e.code()).isIn("code-refused", "try-later");
                if (++codes == 5) return;
            } catch (IOException e) {
                Thread.sleep(100); // the server is down, or came back between two requests
            }
        }
        throw new AssertionError("no signature succeeded in 400 attempts");
    }

    private String code(String address) throws IOException, InterruptedException {
        for (var attempt = 0; attempt < 40; attempt++) {
            var mails = new JsonMapper().readTree(site.read("/demo/inbox.json?to=" + address.replace("+", "%2B")));
            if (!mails.isEmpty()) {
                return mails.get(0)
                        .get("subject")
                        .stringValue()
                        .replaceAll(".*: ", "")
                        .replace(" ", "");
            }
            Thread.sleep(50);
        }
        throw new IOException("no code arrived");
    }

    private Manifest box() throws IOException {
        return boxIn(Signer.fetchBook(site, Signer.instance(site), "tufts.edu"));
    }

    private static Manifest boxIn(Book book) {
        return book.manifests().getFirst();
    }

    private List<Hash> waitFor(List<Hash> promises, Manifest box) throws Exception {
        List<Hash> published = List.of();
        for (var attempt = 0; attempt < 300; attempt++) {
            published = leafHashes(box);
            if (Set.copyOf(published).containsAll(promises)) return published;
            Thread.sleep(100);
        }
        return published;
    }

    /// Returns the leaf hashes of the entries under the box's newest checkpoint, read from its tiles. Leaf 0, the
    /// manifest, is not included.
    private List<Hash> leafHashes(Manifest box) throws IOException {
        var log = "/log/box/" + box.box().value() + "/";
        var size = Checkpoint.parse(Note.parse(site.read(log + "checkpoint")).text())
                .size();
        var hashes = new ArrayList<Hash>();
        for (long index = 0; index * Tile.FULL < size; index++) {
            var width = (int) Math.min(Tile.FULL, size - index * Tile.FULL);
            var tile = site.read(log + new Tile(0, index, width).path());
            for (var i = 0; i < width; i++) {
                hashes.add(Hash.of(java.util.Arrays.copyOfRange(tile, i * Hash.SIZE, (i + 1) * Hash.SIZE)));
            }
        }
        return hashes.subList(1, hashes.size());
    }
}
