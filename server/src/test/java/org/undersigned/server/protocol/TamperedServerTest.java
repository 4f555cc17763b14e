package org.undersigned.server.protocol;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.Visitor;
import org.undersigned.tlog.NoteSigner;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Journeys J1 (sign) and J2 (check) against a server that sends changed data: the browser reports each change and
/// shows no success.
final class TamperedServerTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static Visitor visitor(String language) {
        return new Visitor(instance, browser.personWithReplacedResponses(TestBrowser.Screen.PHONE, language), language);
    }

    private static void showsProofFailure(Visitor visitor, String detail) {
        assertThat(visitor.page.getByTestId("proof-failed")).containsText(detail);
        assertThat(visitor.page.getByTestId("status")).hasCount(0);
        assertThat(visitor.page.locator(".status-ok")).hasCount(0);
    }

    /// Responds to requests that match `glob` with the text of `path` after `change`.
    private static void changeText(Visitor visitor, String glob, String path, UnaryOperator<String> change) {
        visitor.page.route(glob, route -> {
            var response = instance.get(path);
            fulfill(
                    route,
                    response.headers().firstValue("Content-Type").orElseThrow(),
                    change.apply(TestInstance.text(response)).getBytes(UTF_8));
        });
    }

    private static void fulfill(Route route, String type, byte[] body) {
        route.fulfill(
                new Route.FulfillOptions().setStatus(200).setContentType(type).setBodyBytes(body));
    }

    private static final String LATER = "const now = Date.now; Date.now = () => now.call(Date) + 3600000;";

    /// The attacks of an operator on one person: a key of their own, a box that the register does not have, a box
    /// kept from them, a register of their own.
    @ParameterizedTest
    @ValueSource(strings = {"key", "box", "missing", "leaf", "checkpoint"})
    void whenTheBookIsNotTheRegistersNothingIsDrawn(String what) {
        var visitor = visitor("en");
        var book = "/roll/tufts.edu/book";
        switch (what) {
            case "leaf" ->
                visitor.page.route("**/log/register/tile/entries/**", route -> {
                    var bundle = instance.get(URI.create(route.request().url()).getPath())
                            .body();
                    bundle[bundle.length - 30] ^= 1;
                    fulfill(route, "application/octet-stream", bundle);
                });
            case "checkpoint" ->
                changeText(
                        visitor,
                        "**/log/register/checkpoint",
                        "/log/register/checkpoint",
                        note -> note.replaceFirst("\n[0-9]+\n", "\n7\n"));
            default -> {
                visitor.page.addInitScript(LATER); // a box is missed for certain ten minutes after it opened
                changeText(visitor, "**" + book, book, json -> tampered(json, what));
            }
        }

        visitor.openSigning();

        showsProofFailure(visitor, "nothing was signed");
        TestBrowser.look(visitor.page, "sign-proof-failed");
        assertThat(visitor.posts("/")).isZero();
    }

    private static String tampered(String json, String what) {
        var book = (ObjectNode) TestInstance.json(json);
        var boxes = (ArrayNode) book.get("boxes");
        var box = (ObjectNode) boxes.get(0);
        switch (what) {
            case "key" -> box.putArray("keys").add(keyOfAnotherBox());
            case "box" -> box.put("box", "a".repeat(26));
            case "missing" -> boxes.remove(0);
            default -> throw new IllegalArgumentException(what);
        }
        return book.toString();
    }

    /// The attack: the script of the signing page was changed on its way to one person.
    @Test
    void aScriptThatWasNotReleasedIsRefused() {
        var visitor = visitor("en");
        visitor.page.route("**/assets/sign-*.js", route -> {
            var script = TestInstance.text(
                    instance.get(URI.create(route.request().url()).getPath()));
            fulfill(route, "text/javascript", (script + "\n;void 'spy'").getBytes(UTF_8));
        });

        visitor.openSigning();

        showsProofFailure(visitor, "the register does not name the file /assets/sign-");
        assertThat(visitor.posts("/")).isZero();
    }

    private static byte[] keyOfAnotherBox() {
        var other = instance.offered().all().stream()
                .map(OfferedBoxes.Offer::manifest)
                .filter(one -> !one.equals(instance.box()))
                .findFirst();
        return instance.keyOf(other.orElseThrow()).spki();
    }

    /// The attack: the server sends the page of one petition with the box id of another, so that a person signs a
    /// petition that they did not read.
    @ParameterizedTest
    @ValueSource(strings = {"before the draw", "with a book"})
    void aPageWithTheBoxOfAnotherPageIsNotSigned(String when) {
        var visitor = visitor("en");
        var page = ExampleCampaign.LIGHTS;
        if (when.equals("with a book")) visitor.openSigning(page).drawBook(lanternAddress());
        var posts = visitor.posts("/");
        var other = boxOfAnotherPage();
        changeText(
                visitor,
                "**" + page + "/sign*",
                page + "/sign?lang=en",
                html -> html.replaceFirst("data-box=\"[a-z2-7]+\"", "data-box=\"" + other + "\""));

        visitor.openSigning(page);
        if (when.equals("with a book")) visitor.click("book-mine");

        showsProofFailure(visitor, "opened this for another page");
        visitor.look("sign-wrong-page");
        assertThat(visitor.posts("/")).isEqualTo(posts);
    }

    private static String lanternAddress() {
        return instance.freshAddress().replace("tufts.edu", "lantern.example");
    }

    private static String boxOfAnotherPage() {
        return instance.offered().book(Set.of("lantern.example"), Instant.now()).stream()
                .filter(one -> !one.subject().path().equals(ExampleCampaign.LIGHTS))
                .findFirst()
                .orElseThrow()
                .box()
                .value();
    }

    private static String textPath() {
        return instance.box().subject().textPath();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aTextThatDiffersFromTheRegisteredDigestIsNotSigned(String language) {
        var visitor = visitor(language);
        changeText(visitor, "**" + textPath(), textPath(), text -> text.replace("sanctuary", "parking"));

        visitor.openSigning();

        showsProofFailure(
                visitor, language.equals("es") ? "no son las que el registro fijó" : "are not those the register");
        visitor.look("sign-wrong-words");
        assertThat(visitor.posts("/")).isZero();
    }

    @Test
    void wordsThatChangeAfterTheDrawAreNotSignedEither() {
        var visitor = visitor("en");
        visitor.openSigning().drawBook(instance.freshAddress());
        changeText(visitor, "**" + textPath(), textPath(), text -> text + " ");

        visitor.openSigning().click("book-mine");

        showsProofFailure(visitor, "are not those the register");
        assertThat(visitor.posts("/box/")).isZero();
    }

    @Test
    void aTitleOtherThanTheRegisterFixedIsNotSigned() {
        var visitor = visitor("en");
        changeText(
                visitor,
                "**" + TestInstance.TUFTS + "/sign*",
                TestInstance.TUFTS + "/sign?lang=en",
                html -> html.replaceFirst("<h1>[^<]+</h1>", "<h1>More parking</h1>"));

        visitor.openSigning();

        showsProofFailure(visitor, "the title on this page");
        assertThat(visitor.posts("/")).isZero();
    }

    @Test
    void anotherRegisterKeyThanTheFirstOneSeenIsRefused() {
        var visitor = visitor("en");
        visitor.openSigning().waitFor("email");
        changeText(visitor, "**/.well-known/undersigned.json", "/.well-known/undersigned.json", json -> {
            var instance = (ObjectNode) TestInstance.json(json);
            var name = instance.get("host").stringValue() + "/register";
            var stranger = NoteSigner.ed25519(name, new byte[32]);
            return instance.put("register_key", stranger.verifier().vkey()).toString();
        });

        visitor.openSigning();

        showsProofFailure(visitor, "the key differs from the one this device stored first");
        assertThat(visitor.posts("/")).isZero();
    }

    @Test
    void aWrongBlindSignatureIsRejectedAndTheRetrySendsTheSameBlindedBytes() {
        var visitor = visitor("en");
        var address = instance.freshAddress();
        visitor.page.route("**/draw", route -> {
            var json = (ObjectNode) TestInstance.json(route.fetch().text());
            var last =
                    (ObjectNode) json.get("responses").get(json.get("responses").size() - 1);
            var signature =
                    Base64.getDecoder().decode(last.get("blind_signature").stringValue());
            signature[100] ^= 1;
            last.put("blind_signature", Base64.getEncoder().encodeToString(signature));
            fulfill(route, "application/json", json.toString().getBytes(UTF_8));
        });
        visitor.openSigning().typeAddress(address);
        visitor.typeCode(instance.code(address));

        showsProofFailure(visitor, "nothing was signed");

        visitor.page.unroute("**/draw");
        visitor.openSigning().typeAddress(address).typeCode(instance.code(address));
        visitor.waitFor("reveal-nothing");
        assertThat(visitor.posted("/draw")).hasSize(2);
        assertThat(blinded(visitor, 1)).isEqualTo(blinded(visitor, 0));
    }

    private static String blinded(Visitor visitor, int draw) {
        return TestInstance.json(visitor.posted("/draw").get(draw))
                .get("requests")
                .toString();
    }

    @Test
    void aPromiseWithAWrongSignatureIsRejected() {
        var visitor = visitor("en");
        visitor.openSigning().drawBook(instance.freshAddress());
        visitor.page.route("**/entries", route -> {
            var promise = route.fetch().text();
            var leaf = promise.split("\n")[1];
            fulfill(
                    route,
                    "text/plain",
                    promise.replace(leaf, "A".repeat(43) + "=").getBytes(UTF_8));
        });

        visitor.sign("now");

        showsProofFailure(visitor, "promise: wrong signature");
        assertThat(visitor.page.getByTestId("proof-failed")).containsText("not proven to be in the record");
        visitor.look("sign-wrong-promise");
    }

    @Test
    void anEntryThatIsNotUnderTheCheckpointIsNotShownAsRecorded() {
        var visitor = visitor("en");
        visitor.openSigning().drawBook(instance.freshAddress()).sign("now").waitForStatus("waits for others");
        instance.crowd(9);
        visitor.waitForStatus("is in the public record");
        visitor.page.route(Pattern.compile("/log/box/[a-z2-7]+/tile/(0|entries)/"), route -> {
            var tile = instance.get(java.net.URI.create(route.request().url()).getPath())
                    .body();
            tile[2] ^= 1; // in the box's first leaf, or its hash; the signer's own leaf is unchanged
            fulfill(route, "application/octet-stream", tile);
        });

        visitor.openSigning();
        showsProofFailure(visitor, "is not under the checkpoint");

        visitor.open("/mine").click("check");
        assertThat(visitor.page.getByTestId("proof-failed")).containsText("are not under the checkpoint");
        assertThat(visitor.page.getByTestId("result")).hasCount(0);
        visitor.look("mine-proof-failed");
    }

    @Test
    void aBoxCheckpointThatTheRegisterKeyDidNotSignProvesNothing() {
        var visitor = visitor("en");
        visitor.openSigning().drawBook(instance.freshAddress()).sign("now").waitForStatus("waits for others");
        visitor.page.route(Pattern.compile("/log/box/[a-z2-7]+/checkpoint"), route -> {
            var note = TestInstance.text(
                    instance.get(java.net.URI.create(route.request().url()).getPath()));
            fulfill(
                    route,
                    "text/plain",
                    note.replaceFirst("\n[0-9]+\n", "\n9999\n").getBytes(UTF_8));
        });

        instance.crowd(9);

        showsProofFailure(visitor, "wrong signature");
    }
}
