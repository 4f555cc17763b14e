package org.undersigned.server.protocol;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.server.count.register.InstanceLog;
import org.undersigned.server.support.SecondBox;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.TestWitness;
import org.undersigned.server.support.Visitor;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.MemoryTiles;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.Tree;

/// A browser signs only under a register that the instance's witnesses have cosigned, and says who they are.
final class WatchedSigningTest {
    private static final TestWitness WITNESS = new TestWitness("witness.example/watch");

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration().watchedBy(WITNESS);

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @AfterEach
    void comeBack() {
        WITNESS.watch(instance);
    }

    @AfterAll
    static void close() {
        WITNESS.close();
    }

    private static Visitor visitor() {
        return new Visitor(instance, browser.personWithReplacedResponses(TestBrowser.Screen.PHONE, "en"), "en");
    }

    private static void isCosigned() {
        WITNESS.watch(instance);
        instance.await(
                "the witness has cosigned",
                () -> List.of(InstanceLog.values()).stream()
                        .allMatch(log -> WITNESS.key()
                                .verify(Note.parse(TestInstance.text(instance.get(log.path() + "checkpoint"))))));
    }

    @Test
    void whoSignsSeesWhichWitnessesConfirmedTheRecord() {
        isCosigned();
        var visitor = visitor();

        visitor.openSigning().drawBook(instance.freshAddress()).sign("now");
        instance.crowd(9); // a batch has ten entries

        assertThat(visitor.page.getByTestId("witnessed")).containsText("witness.example/watch");
        visitor.look("sign-witnessed");
    }

    @Test
    void aRegisterThatNobodyConfirmedIsNotSignedUnder() {
        isCosigned();
        var visitor = visitor();
        visitor.page.route("**/log/register/checkpoint", route -> fulfill(route, unwatched()));

        visitor.openSigning();

        assertThat(visitor.page.locator("[role=alert]")).containsText("have not confirmed its newest state");
        visitor.look("sign-not-witnessed");
        assertThat(visitor.posts("/")).isZero();
    }

    private static byte[] unwatched() {
        return instance.register().published(InstanceLog.REGISTER).note().getBytes(UTF_8);
    }

    /// The attack: at their first visit already, one person gets a register of their own, in which another box is
    /// the current one of the page. The log's key signs it; the witnesses never see it.
    @Test
    void aRegisterThatIsSplitBeforeAFirstVisitIsRefused() throws IOException {
        isCosigned();
        var visitor = visitor();
        var leaves = leaves();
        var other = SecondBox.beside(instance.box(), instance.box().subject());
        leaves.add(new RegisterLeaf.BoxSuperseded(instance.box().box(), other.box(), other.opens()).bytes());
        leaves.add(new RegisterLeaf.BoxOpened(other).bytes());
        var tiles = new MemoryTiles();
        var tree = LogWriter.open(tiles, Tree.EMPTY).append(leaves);
        var origin = InstanceLog.REGISTER.origin(instance.register().key().host());
        var note = instance.register().key().sign(new Checkpoint(origin, tree.size(), tree.root(), List.of()));
        visitor.page.route(
                "**/log/register/checkpoint",
                route -> fulfill(route, note.toString().getBytes(UTF_8)));
        visitor.page.route("**/log/register/tile/entries/**", route -> fulfill(route, EntryBundle.encode(leaves)));

        visitor.openSigning();

        assertThat(visitor.page.locator("[role=alert]")).containsText("have not confirmed its newest state");
        assertThat(visitor.posts("/")).isZero();
    }

    /// The attack: one person is told that there are no witnesses.
    @Test
    void anInstanceThatHidesItsWitnessesFromOnePersonIsRefused() {
        isCosigned();
        var visitor = visitor();
        visitor.page.route("**/.well-known/undersigned.json", route -> {
            var json = TestInstance.text(instance.get("/.well-known/undersigned.json"));
            var hidden = json.replaceFirst("\"witnesses\":\\[[^]]*]", "\"witnesses\":[]")
                    .replace("\"quorum\":1", "\"quorum\":0");
            assertThat(hidden).isNotEqualTo(json);
            fulfill(route, hidden.getBytes(UTF_8));
        });

        visitor.openSigning();

        assertThat(visitor.page.getByTestId("proof-failed")).containsText("the register names other witnesses");
        assertThat(visitor.posts("/")).isZero();
    }

    /// Every client reads the register whole, so it is sent compressed.
    @Test
    void theRegisterIsSentCompressed() {
        var size = (int) instance.register().published(InstanceLog.REGISTER).size();
        var path = InstanceLog.REGISTER.path() + new Tile(Tile.ENTRIES, 0, size).path();

        var plain = instance.get(path);
        var packed = instance.get(path, "Accept-Encoding", "gzip");

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.body()).hasSizeLessThan(plain.body().length / 2);
    }

    private static List<byte[]> leaves() {
        var size = (int) instance.register().published(InstanceLog.REGISTER).size();
        var path = InstanceLog.REGISTER.path() + new Tile(Tile.ENTRIES, 0, size).path();
        return new ArrayList<>(EntryBundle.parse(instance.get(path).body(), size));
    }

    private static void fulfill(Route route, byte[] body) {
        route.fulfill(new Route.FulfillOptions().setStatus(200).setBodyBytes(body));
    }
}
