package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.Promise;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;
import org.undersigned.tlog.Hash;

/// Two nodes on one database are one instance: whatever people ask of either, it is opened, drawn, cast and counted
/// once, also while one of them ends.
@Timeout(180)
final class TwoNodesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestInstance first;
    private TestInstance second;
    private HttpSite atFirst;
    private HttpSite atSecond;

    @BeforeEach
    void start() {
        first = TestInstance.ofDemonstration().withOwnKeys().start();
        second = first.startNode();
        atFirst = site(first);
        atSecond = site(second);
    }

    @AfterEach
    void end() {
        second.end();
        first.close();
    }

    @Test
    void aPetitionThatBothOpenAtOnceHasOneBox(@TempDir Path directory) throws Exception {
        for (var slug : List.of("one", "two", "three")) {
            var file = Files.writeString(directory.resolve(slug + ".json"), ExampleCampaign.document(slug));
            first.importCampaign(file); // and both nodes hear of it
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = List.of(threads.submit(first::runOpening), threads.submit(second::runOpening));
            for (var one : opening) one.get();
        }

        var boxes = new HashMap<String, Integer>();
        var offered = second.offered();
        for (var offer : offered.all()) {
            boxes.merge(offer.manifest().subject().path(), 1, Integer::sum);
        }
        assertThat(offered.faults()).isEmpty();
        assertThat(boxes)
                .hasSizeGreaterThan(6)
                .allSatisfy((path, n) -> assertThat(n).as(path).isEqualTo(1));
        assertThat(ids(book(atSecond))).isEqualTo(ids(book(atFirst)));
    }

    @Test
    void aCodeABookAndAnEntryAreTheSameAtBoth() throws Exception {
        var address = first.freshAddress();
        requestCode(first, address);
        var code = first.code(address);
        var wallet = Wallet.inMemory();

        var signer = signer(atSecond, address, wallet);
        signer.draw(book(atSecond), code); // the first node mailed it
        var box = book(atSecond).manifests().getFirst();
        var promise = signer.cast(box, 0, null);

        // the same bytes again, at the node that saw nothing of it
        assertThat(signer(atFirst, address, wallet).cast(box, 0, null)).isEqualTo(promise);
        assertThat(first.query("SELECT 1 FROM roll.book")).hasSize(1);
        assertThat(first.query("SELECT 1 FROM box.leaf")).hasSize(1);
    }

    @Test
    void twoDevicesThatDrawAtBothAtOnceGetOneBook() throws Exception {
        for (var round = 0; round < 10; round++) {
            var address = first.freshAddress();
            requestCode(first, address);
            var code = first.code(address);
            var books = List.of(book(atFirst), book(atSecond));
            var signers = new ArrayList<Signer>();
            for (var node : List.of(atFirst, atSecond)) signers.add(signer(node, address, Wallet.inMemory()));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var drawn = new ArrayList<Future<Integer>>();
                for (var i = 0; i < 2; i++) {
                    var n = i;
                    drawn.add(threads.submit(() -> draw(signers.get(n), books.get(n), code)));
                }
                assertThat(List.of(drawn.get(0).get(), drawn.get(1).get()))
                        .containsExactlyInAnyOrder(books.getFirst().manifests().size(), 0);
            }
        }
        assertThat(first.query("SELECT 1 FROM roll.book")).hasSize(10);
    }

    @Test
    void peopleSignOnceWhileOneNodeEnds() throws Exception {
        var stop = new AtomicBoolean();
        var promised = new ConcurrentLinkedQueue<Hash>();
        var box = book(atFirst).manifests().getFirst();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var people = new ArrayList<Future<?>>();
            for (var i = 0; i < 6; i++) {
                people.add(threads.submit(() -> {
                    while (!stop.get()) promised.add(signAtBoth());
                    return null;
                }));
            }
            first.await("people sign at both", () -> promised.size() >= 12);
            second.end();
            var before = promised.size();
            first.await("people go on at the first", () -> promised.size() >= before + 6);
            stop.set(true);
            for (var one : people) one.get();
        }
        second = first.startNode(); // publishes beside the first
        second.crowd(10);
        var stored = Set.copyOf(first.query("SELECT encode(leaf_hash, 'hex') FROM box.leaf"));
        first.published(promised.size());

        assertThat(promised).doesNotHaveDuplicates();
        for (var leaf : promised) assertThat(stored).contains(leaf.hex());
        assertThat(stored).hasSize(promised.size() + 10);
        assertThat(first.query("SELECT 1 FROM roll.book")).hasSize(promised.size() + 10);
        var report = second.recountOf(box.box());
        assertThat(report.ok()).as(report.toString()).isTrue();
    }

    /// Returns how many tokens a device got; 0 if another device has them.
    private static int draw(Signer signer, Book book, String code) throws IOException {
        try {
            return signer.draw(book, code);
        } catch (RefusedException e) {
            assertThat(e.code()).isEqualTo("key-already-issued");
            return 0;
        }
    }

    /// One person draws and casts at both nodes at once, as an impatient browser behind a proxy may do; a node that
    /// ends meanwhile answers nothing.
    private Hash signAtBoth() throws Exception {
        var address = first.freshAddress();
        requestCode(first, address);
        var code = first.code(address);
        var wallet = Wallet.inMemory();
        signer(atFirst, address, wallet).draw(book(atFirst), code);
        var box = book(atFirst).manifests().getFirst();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var there = threads.submit(() -> castAtSecond(address, wallet));
            var here = signer(atFirst, address, wallet).cast(box, 0, null);
            var other = there.get();
            if (other.isPresent()) assertThat(other.get().leafHash()).isEqualTo(here.leafHash());
            return here.leafHash();
        }
    }

    private Optional<Promise> castAtSecond(String address, Wallet wallet) {
        try {
            var box = book(atSecond).manifests().getFirst();
            return Optional.of(signer(atSecond, address, wallet).cast(box, 0, null));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty(); // it ended
        }
    }

    private static void requestCode(TestInstance node, String address) {
        node.postJson("/roll/tufts.edu/code", "{\"address\":\"" + address + "\"}");
    }

    private static Signer signer(HttpSite node, String address, Wallet wallet) throws IOException {
        return new Signer(node, Signer.instance(node), "tufts.edu", address, wallet, RANDOM);
    }

    private static HttpSite site(TestInstance node) {
        return new HttpSite(node.url("/"), new CheckedClient());
    }

    private static Book book(HttpSite node) throws IOException {
        return Signer.fetchBook(node, Signer.instance(node), "tufts.edu");
    }

    private static List<String> ids(Book book) {
        return book.manifests().stream().map(one -> one.box().value()).toList();
    }
}
