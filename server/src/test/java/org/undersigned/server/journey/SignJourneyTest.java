package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.Visitor;

/// J1 (sign) and J2 (check, withdraw, forget) in a real Chromium against the real server.
final class SignJourneyTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @ParameterizedTest
    @CsvSource({"PHONE, en", "DESKTOP, es"})
    void aStudentSignsAndThePhoneProvesIt(TestBrowser.Screen screen, String language) {
        var page = browser.person(screen, language);
        var visitor = new Visitor(instance, page, language);
        var before = instance.shownCount();
        signUpToWaiting(page, language);
        TestBrowser.look(page, "sign-waiting-" + language);

        instance.crowd(9);

        assertThat(page.getByTestId("status"))
                .containsText(language.equals("es") ? "está en el registro público" : "is in the public record");
        TestBrowser.look(page, "sign-done-" + language);
        assertThat(instance.published((int) before + 10)).isEqualTo(before + 10);
        var report = instance.recount();
        assertThat(report.ok()).as(report.checks().toString()).isTrue();
        assertThat(report.count("member")).isEqualTo(instance.shownCount());
        visitor.open(TestInstance.TUFTS + "/record").open("/mine").loadedFromNowhereElse();
    }

    @Test
    void theCommandThatRecountsIsCopied() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        page.context().grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
        page.navigate(instance.url(TestInstance.TUFTS + "/record?lang=en").toString());

        page.getByText("Copy", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.getByText("Copied")).isVisible();
        assertThat((String) page.evaluate("() => navigator.clipboard.readText()"))
                .startsWith("./undersigned recount ")
                .endsWith(TestInstance.TUFTS);
    }

    private static void signUpToWaiting(Page page, String language) {
        var address = instance.freshAddress();
        page.navigate(instance.url(TestInstance.TUFTS + "?lang=" + language).toString());
        TestBrowser.look(page, "petition-" + language);
        page.locator("a.button").click();
        assertThat(page.getByTestId("email")).isVisible();
        TestBrowser.look(page, "sign-email-" + language);
        page.getByTestId("email").fill(address);
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("code")).isVisible();
        TestBrowser.look(page, "sign-code-" + language);
        page.getByTestId("code").fill(instance.code(address));
        page.getByTestId("next").click();
        assertThat(page.getByTestId("reveal-nothing")).isChecked();
        page.getByTestId("reveal-statement").check();
        page.getByTestId("affiliation").selectOption("1");
        page.getByTestId("name").fill("Ada");
        page.getByTestId("comment").fill("For my friends.");
        TestBrowser.look(page, "sign-reveal-" + language);
        page.getByTestId("next").click();
        assertThat(page.getByTestId("when-later")).isChecked();
        TestBrowser.look(page, "sign-send-" + language);
        page.getByTestId("when-now").check();
        page.getByTestId("next").click();
        assertThat(page.getByTestId("status"))
                .containsText(language.equals("es") ? "espera a otras" : "waits for others");
    }

    @ParameterizedTest
    @EnumSource
    void aSignerChecksWithdrawsAndForgets(TestBrowser.Screen screen) throws Exception {
        var page = browser.person(screen, "en");
        signUpToWaiting(page, "en");
        instance.crowd(9);
        assertThat(page.getByTestId("status")).containsText("is in the public record");
        var counted = instance.shownCount();

        page.navigate(instance.url("/mine?lang=en").toString());
        assertThat(page.getByTestId("status")).containsText("In the public record");
        page.getByTestId("check").click();
        assertThat(page.getByTestId("result")).containsText("it is there");
        TestBrowser.look(page, "mine");
        page.getByTestId("withdraw").click();
        assertThat(page.getByTestId("when-later")).isChecked();
        TestBrowser.look(page, "mine-withdraw");
        page.getByTestId("when-now").check();
        page.getByTestId("withdraw-yes").click();
        assertThat(page.getByTestId("result")).containsText("Your withdrawal is safe");
        instance.crowd(9);
        assertThat(page.getByTestId("result")).containsText("The count is one lower");
        TestBrowser.look(page, "mine-withdrawn");
        assertThat(instance.shownCount()).isEqualTo(counted + 8);
        var report = instance.recount();
        assertThat(report.ok()).as(report.checks().toString()).isTrue();
        assertThat(report.count("member")).isEqualTo(counted + 8);

        page.getByTestId("forget").click();
        page.getByTestId("forget-yes").click();
        assertThat(page.getByTestId("forgotten")).isVisible();
        page.reload();
        assertThat(page.getByTestId("none")).isVisible();
    }

    @Test
    void aSignerWhoComesBackContinuesWhereTheyWere() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        signUpToWaiting(page, "en");

        page.reload();

        assertThat(page.getByTestId("status")).containsText("waits for others");
        instance.crowd(9);
        assertThat(page.getByTestId("status")).containsText("is in the public record");
    }

    @Test
    void aSignatureForLaterIsKeptAndCanBeSentNow() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var address = instance.freshAddress();
        page.navigate(instance.url(TestInstance.TUFTS + "/sign?lang=en").toString());
        page.getByTestId("email").fill(address);
        page.getByTestId("next").click();
        page.getByTestId("code").fill(instance.code(address));
        page.getByTestId("next").click();
        page.getByTestId("reveal-nothing").check();
        page.getByTestId("next").click();
        page.getByTestId("when-later").check();
        page.getByTestId("next").click();
        assertThat(page.getByTestId("status")).containsText("not yet sent");
        TestBrowser.look(page, "sign-later");

        page.getByText("Send it now").click();

        assertThat(page.getByTestId("status")).containsText("waits for others");
        instance.crowd(9);
        assertThat(page.getByTestId("status")).containsText("is in the public record");
    }

    @Test
    void aWrongCodeIsSaidAndNothingIsLost() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        page.navigate(instance.url(TestInstance.TUFTS + "/sign?lang=en").toString());
        page.getByTestId("email").fill(instance.freshAddress());
        page.getByTestId("next").click();
        page.getByTestId("code").fill("0000 0000");
        page.getByTestId("next").click();

        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .containsText("That code is wrong");
        assertThat(page.getByTestId("code")).isVisible();
        TestBrowser.look(page, "sign-wrong-code");
    }

    @ParameterizedTest
    @EnumSource
    void everyPageReadsWellInBothLanguages(TestBrowser.Screen screen) {
        var page = browser.person(screen, "en");
        for (var language : new String[] {"en", "es"}) {
            for (var path : new String[] {
                "/",
                "/c/usc.edu",
                "/c/brown.edu",
                TestInstance.TUFTS,
                TestInstance.TUFTS + "/record",
                "/mine",
                "/privacy",
                "/demo/inbox",
                "/nowhere"
            }) {
                page.navigate(instance.url(path + "?lang=" + language).toString());
                org.assertj.core.api.Assertions.assertThat(page.locator("html").getAttribute("lang"))
                        .isEqualTo(language);
                assertThat(page.locator("h1")).hasCount(1);
                if (path.endsWith("/record"))
                    assertThat(page.getByTestId("checkpoint-good")).isVisible();
                if (path.equals("/mine")) assertThat(page.getByTestId("none")).isVisible();
                TestBrowser.look(page, "page" + path.replace('/', '-') + "-" + language);
            }
        }
    }

    @Test
    void thePageAPhoneLoadsToSignIsUnder100KilobytesCompressed() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var loaded = new ArrayList<String>();
        page.onRequest(request -> loaded.add(request.url()));
        page.navigate(instance.url(TestInstance.TUFTS + "/sign?lang=en").toString());
        assertThat(page.getByTestId("email")).isVisible();

        var total = 0;
        var assets = new HashSet<String>(); // a script that checks itself takes it from the browser's cache
        for (var url : loaded) {
            if (url.startsWith("data:") || url.contains("/assets/") && !assets.add(url)) continue;
            assertThat(url).startsWith(instance.url("/").toString());
            var path = url.substring(instance.url("").toString().length());
            total += instance.get(path, "Accept-Encoding", "gzip").body().length;
        }

        System.out.println("The page a phone loads to sign, with all it needs: " + total + " bytes compressed");
        assertThat(total).isBetween(1_000, 100_000);
    }

    @Test
    void pagesThatInformWorkWithoutScriptsAndSetNoCookies() {
        for (var path :
                new String[] {"/", TestInstance.TUFTS, TestInstance.TUFTS + "/record", "/c/tufts.edu", "/privacy"}) {
            var response = instance.get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
            assertThat(TestInstance.text(response))
                    .contains("<h1>")
                    .doesNotContain("<button", "Your browser checks")
                    .doesNotContain("src=\"http")
                    .doesNotContain(" style=");
        }
    }
}
