package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.Visitor;

/// J1 in a browser that forgot its storage, as some do after a week: what was open then is spent, what opens later can
/// be signed.
final class ForgottenStorageJourneyTest {
    private static final String LATER = "/p/later-lantern-lights";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aBrowserThatStoresNothingSaysSoBeforeItAsksForAnything(String language) {
        var visitor = new Visitor(instance, browser.person(TestBrowser.Screen.PHONE, language), language);
        visitor.page.addInitScript(
                "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }");
        var says = language.equals("es") ? "no deja que esta página guarde nada" : "lets this page store nothing";

        visitor.openSigning(ExampleCampaign.LIGHTS);
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText(says);
        assertThat(visitor.page.getByTestId("email")).hasCount(0);
        visitor.look("sign-storage-refused");
        visitor.open(ExampleCampaign.LIGHTS + "/record");
        assertThat(visitor.page.locator("#record-live [role=alert]")).containsText(says);
        visitor.open("/mine");
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText(says);
    }

    /// The device is full before the book is stored: nothing is sent that could not be kept.
    @Test
    void aDeviceWithoutRoomSaysSoAndSendsNothing() {
        var visitor = new Visitor(instance, browser.person(TestBrowser.Screen.PHONE, "en"), "en");
        visitor.page.addInitScript("""
                const add = IDBObjectStore.prototype.put;
                IDBObjectStore.prototype.put = function (...values) {
                  if (this.name === "books") throw new DOMException("no room", "QuotaExceededError");
                  return add.apply(this, values);
                };""");
        var address = instance.freshAddress().replace("tufts.edu", "lantern.example");

        visitor.openSigning(ExampleCampaign.WALK).typeAddress(address).typeCode(instance.code(address));

        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("no room left");
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("Nothing was signed.");
        assertThat(visitor.posts("/draw")).isZero();
    }

    @Test
    void theBrowserIsAskedToKeepTheBook() {
        var visitor = new Visitor(instance, browser.person(TestBrowser.Screen.PHONE, "en"), "en");
        visitor.page.addInitScript(
                "StorageManager.prototype.persist = () => { window.asked = true; return new Promise(() => {}); }");

        visitor.openSigning(ExampleCampaign.WALK)
                .drawBook(instance.freshAddress().replace("tufts.edu", "lantern.example"));

        assertThat((Boolean) visitor.page.evaluate("window.asked === true")).isTrue();
    }

    @Test
    void aPetitionThatOpensLaterCanBeSigned() throws IOException {
        var visitor = new Visitor(instance, browser.person(TestBrowser.Screen.PHONE, "en"), "en");
        var address = instance.freshAddress().replace("tufts.edu", "lantern.example");
        visitor.openSigning(ExampleCampaign.LIGHTS)
                .drawBook(address)
                .sign("now")
                .waitForStatus("waits for others");
        visitor.open("/privacy").page.evaluate("""
                () => new Promise((resolve, reject) => {
                  const deletion = indexedDB.deleteDatabase("undersigned");
                  deletion.onsuccess = () => resolve();
                  deletion.onerror = () => reject(deletion.error);
                })""");

        var spent = visitor.openSigning(ExampleCampaign.WALK);
        spent.typeAddress(address).typeCode(instance.code(address));
        assertThat(visitor.page.getByRole(AriaRole.ALERT))
                .containsText("Petitions that open later can be signed here.");
        visitor.look("sign-spent-elsewhere");

        var file = Files.writeString(directory.resolve("later.json"), ExampleCampaign.document("later"));
        instance.importCampaign(file, LATER, "/a/later-evening-walk", "/l/later-regents");
        visitor.openSigning(ExampleCampaign.LIGHTS).typeAddress(address).typeCode(instance.code(address));
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("already drew its book");
        // still complete: nobody learns which box was wanted
        assertThat(TestInstance.json(visitor.posted("/draw").getLast()).get("requests"))
                .hasSizeGreaterThan(1);

        // somebody else who types an address now gets a book of their own, with bytes of their own
        visitor.page.getByText("Use another address").click();
        visitor.drawBook(instance.freshAddress().replace("tufts.edu", "lantern.example"));
        var ours = String.join(
                "\n",
                visitor.posted("/draw").stream()
                        .filter(one -> one.contains(address))
                        .toList());
        assertThat(ours).contains("blinded");
        for (var request : TestInstance.json(visitor.posted("/draw").getLast()).get("requests")) {
            assertThat(ours.contains(request.get("blinded").stringValue())).isFalse();
        }

        visitor.openSigning(LATER).waitFor("book-mine");
        visitor.page.getByTestId("book-mine").first().click();
        visitor.waitFor("reveal-nothing").sign("now").waitForStatus("waits for others");
    }
}
