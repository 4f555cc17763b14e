package org.undersigned.server.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Main;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.recount.Recount;
import org.undersigned.server.count.register.InstanceLog;
import org.undersigned.server.support.SecondBox;
import org.undersigned.server.support.TamperingProxy;
import org.undersigned.server.support.TestInstance;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.MemoryTiles;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.Tree;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `undersigned watch`: finds what a dishonest operator changes between two looks, and names the leaf or the file.
final class WatchTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @TempDir
    private Path folder;

    private record Look(int status, String said) {}

    private Look lookAt(String url, Path state, String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new ArrayList<>(List.of("watch", url, "--state", state.toString()));
        arguments.addAll(List.of(more));
        var command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var status = command.execute(arguments.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        return new Look(status, out.toString());
    }

    private Look look(String... more) {
        return lookAt(instance.url("/").toString(), folder.resolve("state.json"), more);
    }

    @BeforeEach
    void isFineBefore() {
        var first = look();
        assertThat(first.said()).startsWith("✓ ");
        assertThat(first.status()).isZero();
    }

    @Test
    void anInstanceThatGoesOnIsAsBefore() {
        var before = instance.shownCount();
        instance.crowd(10);
        instance.published((int) before + 10);

        assertThat(look()).isEqualTo(look());
        var quiet = look("--quiet");
        assertThat(quiet.said()).isEmpty();
        assertThat(quiet.status()).isZero();
    }

    /// Serves the instance with a change, and looks.
    private void finds(Consumer<TamperingProxy> attack, String... findings) {
        try (var proxy = new TamperingProxy(instance)) {
            attack.accept(proxy);
            var hourLater = Instant.now().plus(Duration.ofHours(1)); // a box is missed ten minutes after it opened
            var look = lookAt(proxy.url("/"), folder.resolve("state.json"), "--at", hourLater.toString());

            assertThat(look.said()).contains(findings);
            assertThat(look.status()).isEqualTo(1);
        }
    }

    private static String book(String json, Consumer<ArrayNode> change) {
        var book = (ObjectNode) TestInstance.json(json);
        change.accept((ArrayNode) book.get("boxes"));
        return book.toString();
    }

    private static Manifest otherBox() {
        return instance.offered().all().stream()
                .map(OfferedBoxes.Offer::manifest)
                .filter(one -> !one.equals(instance.box()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsServedAndNotRegisteredIsFound() {
        var box = instance.box();
        var opened = "register leaf "
                + instance.offered().offer(box.box()).orElseThrow().leaf() + ": ";
        var book = "/roll/tufts.edu/book";
        var other = otherBox();
        finds(
                proxy -> proxy.linkTo(TestInstance.TUFTS, other.box().value()),
                opened + TestInstance.TUFTS + " leads to box " + other.box());
        finds(proxy -> proxy.changeText(box.subject().textPath(), text -> text + " "), opened + "/text/");
        finds(
                proxy -> proxy.change(
                        box.classes().getFirst().keyPath(),
                        _ -> instance.keyOf(other).spki()),
                opened + "a key is not a key of box " + box.box());
        finds(
                proxy -> proxy.changeText(book, json -> book(json, boxes -> boxes.remove(0))),
                "tufts.edu: the book does not verify: box " + box.box(),
                "is missing");
        var key = Base64.getEncoder().encodeToString(instance.keyOf(other).spki());
        finds(
                proxy -> proxy.changeText(
                        book,
                        json -> book(
                                json,
                                boxes -> ((ObjectNode) boxes.get(0))
                                        .putArray("keys")
                                        .add(key))),
                "tufts.edu: the book does not verify: a key is not a key of box " + box.box());
    }

    @Test
    void aClientFileThatWasNotReleasedIsFound() {
        var page = TestInstance.TUFTS + "/sign";
        var script = TestInstance.text(instance.get(page)).replaceFirst("(?s).*src=\"(/assets/sign-[^\"]+)\".*", "$1");
        finds(
                proxy -> proxy.changeText(script, text -> text + "\nfetch('/spy')"),
                "register leaf ",
                script + " is not the file that was released");
        finds(
                proxy -> proxy.changeText("/verifier/recountworker.js", text -> text + "\nlie()"),
                "register leaf ",
                "/verifier/recountworker.js is not the file that was released");
        finds(
                proxy -> proxy.changeText(
                        page, html -> html.replace("</head>", "<script src=\"/assets/spy.js\"></script></head>")),
                page + " runs a script that was not released");
        finds(
                proxy -> proxy.changeText(page, html -> html.replace("</head>", "<script>spy()</script></head>")),
                page + " runs a script that was not released");
    }

    @Test
    void anotherHistoryIsFound() {
        for (var log : InstanceLog.values()) {
            var published = instance.register().published(log);
            var origin = log.origin(instance.register().key().host());
            var elsewhere = new Checkpoint(origin, published.size(), Merkle.leaf(new byte[0]), List.of());
            var fork = instance.register().key().sign(elsewhere).toString();
            finds(proxy -> proxy.changeText(log.path() + "checkpoint", _ -> fork), log.id());

            var shrunk = new Checkpoint(origin, 1, Merkle.leaf(new byte[0]), List.of());
            var shorter = instance.register().key().sign(shrunk).toString();
            finds(proxy -> proxy.changeText(log.path() + "checkpoint", _ -> shorter), log.id());
        }
        finds(
                proxy -> proxy.changeText(
                        "/.well-known/undersigned.json", json -> json.replace("demo.undersigned.example", "x.example")),
                "the key id does not match the key");
    }

    /// An operator of an instance of their own, who writes into the logs what is not so.
    @Test
    void whatIsRegisteredAndNotSoIsFoundByWatchAndRecount() {
        try (var dishonest = TestInstance.ofDemonstration().withOwnKeys().start()) {
            var url = dishonest.url("/").toString();
            var state = folder.resolve("another.json");
            assertThat(lookAt(url, state).said()).startsWith("✓ ");
            var box = dishonest.box();

            var elsewhere = new Checkpoint(box.origin(), 1, Merkle.leaf(new byte[0]), List.of());
            var note = dishonest.register().key().sign(elsewhere).toString();
            var leaf = dishonest.register().append(new LedgerLeaf.BoxCheckpoint(box.box(), note));
            assertThat(lookAt(url, state).said())
                    .contains("✗ ledger leaf " + leaf + ": the box " + box.box() + " is not the one");

            assertThat(dishonest.recountOf(box.box()).toString()).contains("ledger leaf " + leaf + ": another history");
        }
    }

    /// The operator's own program refuses to write a second box for a page; another program would.
    @Test
    void aSecondBoxForAPageIsFoundByWatchAndRecount() throws IOException {
        var box = instance.box();
        var words = new Manifest.Subject("petition", box.subject().path(), Hash.sha256(new byte[0]));
        var second = SecondBox.beside(box, words);
        var opened = new RegisterLeaf.BoxOpened(second);
        assertThatThrownBy(() -> instance.register().withLock(appender -> appender.append(List.of(opened))))
                .hasMessageContaining("is a second box");

        var size = (int) instance.register().published(InstanceLog.REGISTER).size();
        var folder = InstanceLog.REGISTER.path();
        var served =
                instance.get(folder + new Tile(Tile.ENTRIES, 0, size).path()).body();
        var leaves = new ArrayList<>(EntryBundle.parse(served, size));
        leaves.add(opened.bytes());
        var tiles = new MemoryTiles();
        var tree = LogWriter.open(tiles, Tree.EMPTY).append(leaves);
        var origin = InstanceLog.REGISTER.origin(instance.register().key().host());
        var note = instance.register().key().sign(new Checkpoint(origin, tree.size(), tree.root(), List.of()));
        Consumer<TamperingProxy> attack = proxy -> {
            proxy.serve(folder + "checkpoint", note.toString().getBytes(UTF_8));
            for (var level : new int[] {Tile.ENTRIES, 0}) {
                var tile = new Tile(level, 0, size + 1);
                try {
                    proxy.serve(folder + tile.path(), tiles.read(tile));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };

        var finding = "register leaf " + size + ": box " + second.box() + " is a second box for " + TestInstance.TUFTS;
        finds(attack, "✗ " + finding);
        try (var proxy = new TamperingProxy(instance)) {
            attack.accept(proxy);
            var site = new HttpSite(URI.create(proxy.url("/")), HttpSite.client());
            assertThat(Recount.run(site, box.box()).toString()).contains(finding);
        }
    }

    @Test
    void signaturesThatNoTallyBoundsForTwoDaysAreFound() {
        try (var silent = TestInstance.ofDemonstration().withOwnKeys().start()) {
            var url = silent.url("/").toString();
            var state = folder.resolve("silent.json");
            silent.crowd(12);
            silent.published(12);
            var now = Instant.now();
            assertThat(lookAt(url, state, "--at", now.toString()).said()).startsWith("✓ ");
            assertThat(lookAt(url, state, "--at", now.plus(Duration.ofDays(1)).toString())
                            .said())
                    .startsWith("✓ ");
            var late = now.plus(Duration.ofDays(2)).plusSeconds(1).toString();
            assertThat(lookAt(url, state, "--at", late).said())
                    .contains("✗ register leaf ", "12 signatures of class member in");

            silent.runTally();
            assertThat(lookAt(url, state, "--at", late).said()).startsWith("✓ ");
        }
    }

    @Test
    void cardsThatAreNotCancelledADayAfterTheirEndAreFound() {
        try (var instance = TestInstance.ofDemonstration().withOwnKeys().start()) {
            var url = instance.url("/").toString();
            var state = folder.resolve("cards.json");
            instance.makeCards("tufts.edu", 10); // for a day
            var now = Instant.now();
            assertThat(lookAt(url, state, "--at", now.plus(Duration.ofHours(47)).toString())
                            .said())
                    .startsWith("✓ ");
            var late = now.plus(Duration.ofDays(2)).plusSeconds(60).toString();
            assertThat(lookAt(url, state, "--at", late).said()).contains("✗ the cards ", "are not cancelled");

            instance.cards().usable().forEach(one -> instance.cards().cancel(one.batch()));
            assertThat(lookAt(url, state, "--at", late).said()).startsWith("✓ ");
        }
    }
}
