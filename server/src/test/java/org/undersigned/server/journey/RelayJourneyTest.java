package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.TestRelay;
import org.undersigned.server.support.Visitor;

/// A student signs through the relay that the register names, and withdraws through it; when the relay is
/// away, nothing is lost and she decides.
final class RelayJourneyTest {
    private static final TestRelay RELAY = new TestRelay(TestRelay.QUICK);

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration().relayedBy(RELAY);

    @RegisterExtension
    final TestBrowser browser = new TestBrowser();

    private Visitor visitor(Page page, String language) {
        return new Visitor(instance, page, language);
    }

    /// The addresses to which a page sends.
    private static List<Request> requestsOf(Page page) {
        var requests = new ArrayList<Request>();
        page.onRequest(requests::add);
        return requests;
    }

    @ParameterizedTest
    @CsvSource({"PHONE, en", "DESKTOP, es"})
    void aStudentSignsAndWithdrawsThroughTheRelay(TestBrowser.Screen screen, String language) {
        var page = browser.person(screen, language);
        var requests = requestsOf(page);
        var visitor = visitor(page, language).openSigning().drawBook(instance.freshAddress());
        page.getByTestId("next").click();
        assertThat(page.getByTestId("when-relay")).isChecked();
        assertThat(page.locator("label[for=when-relay]")).containsText(TestRelay.OPERATOR);
        TestBrowser.look(page, "relay-choice-" + language);
        var before = requests.size();
        page.getByTestId("next").click();
        visitor.waitForStatus(language.equals("es") ? "en camino" : "on its way");
        TestBrowser.look(page, "relay-on-its-way-" + language);
        visitor.waitForStatus(language.equals("es") ? "espera a otras" : "waits for others");
        TestBrowser.look(page, "relay-waiting-" + language);
        // from the click on "sign" to the relay's answer the site sees nothing of it, and nothing after it either
        assertThat(requests.subList(before, requests.size()))
                .extracting(Request::url)
                .isNotEmpty()
                .allMatch(url ->
                        url.startsWith("http://127.0.0.1:" + RELAY.toRelay().port()));
        instance.crowd(9);
        lookUntil(visitor, language.equals("es") ? "está en el registro público" : "is in the public record");

        visitor.open("/mine").click("withdraw");
        assertThat(page.getByTestId("when-relay")).isChecked();
        TestBrowser.look(page, "relay-withdraw-" + language);
        visitor.click("withdraw-yes");
        assertThat(page.getByTestId("result"))
                .containsText(language.equals("es") ? "El relé la tiene" : "The relay has it");
        awaitSent(visitor, language.equals("es") ? "Espera a otras" : "waits for others");

        // nothing that was cast went to the site itself, and no request asked for a stored version
        assertThat(requests)
                .extracting(Request::url)
                .noneMatch(url -> url.startsWith(instance.url("/box/").toString()));
        assertThat(requests)
                .allSatisfy(request ->
                        assertThat(request.allHeaders().keySet()).doesNotContain("if-none-match", "if-modified-since"));
    }

    /// Looks in the record again and again, as a person may.
    private static void lookUntil(Visitor visitor, String status) {
        instance.await(status, () -> {
            if (visitor.page.getByTestId("look-now").count() > 0) visitor.click("look-now");
            TestInstance.sleep(500);
            return visitor.page.getByTestId("status").textContent().contains(status);
        });
    }

    /// Looks again, as the page says, until the withdrawal is promised.
    private void awaitSent(Visitor visitor, String expected) {
        instance.await(expected, () -> {
            visitor.page.getByTestId("check").click();
            TestInstance.sleep(500);
            return visitor.page.getByTestId("result").textContent().contains(expected);
        });
    }

    @Test
    void whoClosesThePageFindsTheSignatureInTheRecordLater() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var visitor = visitor(page, "en")
                .openSigning()
                .drawBook(instance.freshAddress())
                .sign("relay");
        visitor.waitForStatus("on its way");
        visitor.open("/privacy");
        assertThat(page.getByTestId("relay")).containsText(TestRelay.OPERATOR);
        assertThat(page.locator("#unsent")).isHidden(); // the relay has it
        visitor.openSigning().waitForStatus("waits for others");
        instance.crowd(9);
        lookUntil(visitor, "is in the public record");
    }

    @Test
    void whileTheRelayIsAwayTheSignatureStaysOnTheDeviceAndThePersonDecides() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var visitor = visitor(page, "en").openSigning().drawBook(instance.freshAddress());
        RELAY.stop();
        try {
            visitor.sign("relay").waitForStatus("not yet sent");
            TestBrowser.look(page, "relay-away");
            visitor.open("/");
            assertThat(page.locator("#unsent")).isVisible();
            TestBrowser.look(page, "unsent-banner");
            page.locator("#unsent a").click();
            assertThat(page.getByTestId("result")).containsText("does not answer"); // the page has asked by itself
            TestBrowser.look(page, "relay-away-mine");
            visitor.click("send-directly");
            assertThat(page.getByTestId("result")).containsText("waits for others");
            visitor.open("/");
            assertThat(page.locator("#unsent")).isHidden();
        } finally {
            RELAY.start();
        }
    }

    @Test
    void whenTheRelayIsBackThePageSendsByItself() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var visitor = visitor(page, "en").openSigning().drawBook(instance.freshAddress());
        RELAY.stop();
        visitor.sign("relay").waitForStatus("not yet sent");
        RELAY.start();
        visitor.openSigning();
        visitor.waitForStatus("waits for others");
    }

    @Test
    void aPageMayConnectToTheRelayAndToNoOtherHost() {
        for (var path : List.of(TestInstance.TUFTS + "/sign", "/mine")) {
            var policy = instance.get(path)
                    .headers()
                    .firstValue("Content-Security-Policy")
                    .orElse("");
            assertThat(policy)
                    .contains("connect-src 'self' http://127.0.0.1:"
                            + RELAY.toRelay().port() + ";")
                    .contains("script-src 'self';");
            assertThat(instance.get(path).headers().firstValue("Cache-Control")).contains("no-store");
        }
        assertThat(instance.get("/")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("connect-src 'self';");
    }

    @Test
    void whatTheRelayLostIsAskedForAgainAfterTwoHours() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        page.clock().install();
        var visitor = visitor(page, "en").openSigning().drawBook(instance.freshAddress());
        page.route(
                "http://127.0.0.1:*/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(202)
                        .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))));
        visitor.sign("relay").waitForStatus("on its way");
        visitor.open("/");
        assertThat(page.locator("#unsent")).isHidden();
        page.unroute("http://127.0.0.1:*/**"); // it took the signature, and keeps it no longer
        page.clock().fastForward("02:00:01");
        assertThat(page.locator("#unsent")).isVisible();
        page.locator("#unsent a").click();
        assertThat(page.getByTestId("result")).containsText("The relay has it");
    }

    @Test
    void aRelayThatAnswersWithJunkIsNoDeadEnd() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var visitor = visitor(page, "en").openSigning().drawBook(instance.freshAddress());
        page.route(
                "http://127.0.0.1:*/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(200)
                        .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))
                        .setBody("a login page of a network")));
        visitor.sign("relay").waitForStatus("not yet sent");
        visitor.click("send-directly").waitForStatus("waits for others");
    }
}
