package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.Visitor;

/// J1 (sign) and J2 (check, withdraw, forget) on a device that several people share, come back to, and clear.
final class SharedDeviceJourneyTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static Visitor visitor(String language) {
        return new Visitor(instance, browser.person(TestBrowser.Screen.PHONE, language), language);
    }

    /// Returns the blinded messages that draw number `draw` sent; the first draw is 0.
    private static List<String> blinded(Visitor visitor, int draw) {
        var requests = TestInstance.json(visitor.posted("/draw").get(draw)).get("requests");
        return StreamSupport.stream(requests.spliterator(), false)
                .map(one -> one.get("blinded").stringValue())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void twoPeopleSignOnOneDeviceEachWithTheirOwnBook(String language) {
        var visitor = visitor(language);
        visitor.openSigning().drawBook(instance.freshAddress());

        visitor.openSigning().waitFor("book-mine");
        visitor.look("device-holds-a-book");
        visitor.click("not-mine").waitFor("beside");
        visitor.look("device-own-book");
        visitor.drawBook(instance.freshAddress());
        assertThat(blinded(visitor, 1)).doesNotContainAnyElementsOf(blinded(visitor, 0));
        visitor.look("sign-reveal-second");

        visitor.openSigning().waitFor("book-mine");
        assertThat(visitor.page.getByTestId("book-mine")).hasCount(2);
        visitor.look("device-holds-two-books");
        visitor.page.getByTestId("book-mine").last().click();
        visitor.waitFor("reveal-nothing").click("next").waitFor("words");
        visitor.look("sign-words");
        visitor.click("when-now").click("next");
        visitor.waitForStatus(language.equals("es") ? "espera a otras" : "waits for others");
        visitor.look("sign-waiting-shared");

        visitor.openSigning().waitFor("book-mine");
        visitor.page.getByTestId("book-mine").first().click();
        visitor.waitFor("reveal-nothing").sign("now").waitForStatus(language.equals("es") ? "espera a otras" : "waits");
        visitor.open("/mine").waitFor("signature");
        assertThat(visitor.page.getByTestId("signature")).hasCount(2);
        assertThat(visitor.posts("/entries")).isEqualTo(2);
        visitor.loadedFromNowhereElse();
    }

    /// Opens a petition, a pledge to come and a letter: each page shows the text whose digest is in the register.
    @Test
    void everyPageWithABoxCanBeSigned() {
        var visitor = visitor("es");
        for (var page : List.of(ExampleCampaign.LIGHTS, ExampleCampaign.WALK, ExampleCampaign.REGENTS)) {
            visitor.openSigning(page).waitFor("email");
        }
    }

    @Test
    void whoFindsAnothersSignatureHereCanSignWithTheirOwnAddress() {
        var visitor = visitor("en");
        visitor.openSigning().drawBook(instance.freshAddress()).sign("now").waitForStatus("waits for others");

        visitor.openSigning().waitFor("not-mine").click("not-mine");
        visitor.drawBook(instance.freshAddress()).sign("now").waitForStatus("waits for others");

        assertThat(visitor.posts("/entries")).isEqualTo(2);
    }

    @Test
    void aDrawWithoutAnAnswerIsRepeatedForItsOwnerAndMadeAfreshForAnybodyElse() {
        var visitor = visitor("en");
        var ada = instance.freshAddress();
        var bob = instance.freshAddress();
        visitor.page.route("**/draw", Route::abort);
        for (var address : List.of(ada, bob, ada.toUpperCase(java.util.Locale.ROOT))) {
            visitor.openSigning().typeAddress(address).typeCode("12345678");
            assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("No answer");
        }

        assertThat(blinded(visitor, 1)).doesNotContainAnyElementsOf(blinded(visitor, 0));
        assertThat(blinded(visitor, 2)).isEqualTo(blinded(visitor, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aNewCodeRequestShowsTheSameTextToMembersAndStrangers(String language) {
        var visitor = visitor(language);
        var member = instance.freshAddress();
        visitor.openSigning().typeAddress(member);
        var said = askForANewCode(visitor, member);
        visitor.look("sign-new-code");
        assertThat(said)
                .contains(language.equals("es") ? "como mucho cinco mensajes en 15 minutos" : "At most five mails");
        visitor.typeCode(instance.code(member)).waitFor("reveal-nothing");

        var stranger = visitor(language);
        stranger.openSigning().typeAddress("nobody@tufts.edu");
        assertThat(askForANewCode(stranger, "nobody@tufts.edu")).isEqualTo(said);
        assertThat(stranger.posts("/code")).isEqualTo(2);
    }

    private static String askForANewCode(Visitor visitor, String address) {
        visitor.click("new-code").waitFor("new-code-sent");
        return visitor.page.getByTestId("new-code-sent").textContent().replace(address, "ADDRESS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void forgettingLosesExactlyWhatItsWarningStates(String language) {
        var spanish = language.equals("es");
        var visitor = visitor(language);
        var address = instance.freshAddress().replace("tufts.edu", "lantern.example");
        visitor.openSigning(ExampleCampaign.LIGHTS)
                .drawBook(address)
                .sign("now")
                .waitForStatus(spanish ? "espera a otras" : "waits");

        visitor.open("/mine").click("forget-signed");
        assertThat(visitor.page.getByTestId("forget-signed-cost"))
                .containsText(spanish ? "ni desde este dispositivo ni desde otro" : "from this device or any other");
        visitor.look("forget-signed");
        visitor.click("forget-signed-yes").waitFor("forgotten");
        assertThat(tokens(visitor.page))
                .isEqualTo(2)
                .isEqualTo(blinded(visitor, 0).size() - 1);
        visitor.open("/mine").waitFor("none");
        visitor.openSigning(ExampleCampaign.LIGHTS).click("book-mine").waitFor("spent");
        visitor.look("sign-spent");
        visitor.openSigning(ExampleCampaign.WALK).click("book-mine").waitFor("reveal-nothing");

        visitor.open("/mine").click("forget");
        assertThat(visitor.page.getByTestId("forget-cost"))
                .containsText(
                        spanish
                                ? "Las que se abran más adelante sí podrán firmarse"
                                : "Petitions that open later can be signed");
        visitor.look("forget-everything");
        visitor.click("forget-yes").waitFor("forgotten");

        visitor.openSigning(ExampleCampaign.LIGHTS).typeAddress(address).typeCode(instance.code(address));
        assertThat(visitor.page.getByRole(AriaRole.ALERT))
                .containsText(spanish ? "ya recibió su talonario" : "already drew its book");
    }

    /// Returns the number of tokens in the browser's storage (IndexedDB).
    private static int tokens(Page page) {
        return (int) page.evaluate("""
                () => new Promise((resolve, reject) => {
                  const opening = indexedDB.open("undersigned");
                  opening.onerror = () => reject(opening.error);
                  opening.onsuccess = () => {
                    const all = opening.result.transaction("boxes").objectStore("boxes").getAll();
                    all.onsuccess = () => {
                      opening.result.close();
                      resolve(all.result.filter((one) => one.token !== undefined).length);
                    };
                  };
                })""");
    }

    @Test
    void aSignatureForLaterSurvivesAReloadAndGoesOutWhenItsTimeHasCome() {
        var visitor = visitor("en");
        visitor.page.clock().install();
        visitor.openSigning().drawBook(instance.freshAddress()).sign("later").waitForStatus("not yet sent");

        visitor.openSigning().waitForStatus("not yet sent");
        assertThat(visitor.posts("/entries")).isZero();
        visitor.page.clock().fastForward("24:00:01");

        visitor.waitForStatus("waits for others");
        assertThat(visitor.posts("/entries")).isEqualTo(1);
    }

    @Test
    void twoTabsMakeOneSignature() {
        var one = visitor("en");
        one.openSigning().drawBook(instance.freshAddress());
        var other = one.otherTab();
        other.openSigning().click("book-mine").waitFor("reveal-nothing");

        one.sign("now");
        other.sign("now");

        one.waitForStatus("waits for others");
        other.waitForStatus("waits for others");
        instance.crowd(9);
        one.waitForStatus("is in the public record");
        other.waitForStatus("is in the public record");
        assertThat(java.util.stream.Stream.concat(one.posted("/entries").stream(), other.posted("/entries").stream())
                        .distinct())
                .hasSize(1);
        assertThat(instance.recount().ok()).isTrue();
    }

    @Test
    void twoTabsDrawOneBook() {
        var one = visitor("en");
        var address = instance.freshAddress();
        one.openSigning().typeAddress(address);
        var other = one.otherTab();
        other.openSigning().typeAddress(address);
        var code = instance.code(address);

        one.typeCode(code).waitFor("reveal-nothing");
        other.typeCode(code).waitFor("book-mine");

        assertThat(other.page.getByTestId("book-mine")).hasCount(1);
        other.click("book-mine").waitFor("reveal-nothing");
    }
}
