package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// A petition's page that stays open: it shows what is published meanwhile, and says so when no news can come.
final class LivePageTest {
    private static TestInstance instance;
    private static TestBrowser browser;

    @BeforeAll
    static void start() {
        instance = TestInstance.start();
        browser = new TestBrowser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        instance.close();
    }

    private static Page open() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        page.navigate(instance.url(TestInstance.TUFTS).toString());
        return page;
    }

    @Test
    void aPageShowsANewBatchWithoutAReload() {
        var page = open();
        page.evaluate("() => { window.sameVisit = true; }");

        instance.crowd(10);

        assertThat(page.locator(".number")).containsText("10 signatures");
        assertThat(page.evaluate("() => window.sameVisit")).isEqualTo(true);
        instance.crowd(10);
        assertThat(page.locator(".number")).containsText("20 signatures");
        page.locator("summary").first().click();
        assertThat(page.locator(".steps-chart table tbody tr")).hasCount(2);
        TestBrowser.look(page, "petition-grown");
    }

    @Test
    void aPageWithoutConnectionSaysFromWhenItsNumbersAreAndCatchesUp() {
        var page = open();
        var before = instance.shownCount();
        page.context().setOffline(true);
        assertThat(page.getByTestId("offline")).containsText("Not connected. The numbers here are from");
        TestBrowser.look(page, "petition-offline");
        instance.crowd(10);
        var now = instance.published((int) before + 10);

        page.context().setOffline(false);

        assertThat(page.getByTestId("offline")).isHidden();
        assertThat(page.locator(".number")).containsText(now + " signatures");
    }

    @Test
    void theNoticeStaysWhenTheConnectionIsLostWhileThePageIsAskedFor() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var held = new ArrayList<Route>();
        page.route((String url) -> url.endsWith(TestInstance.TUFTS), route -> {
            if (route.request().resourceType().equals("fetch")) held.add(route);
            else route.resume();
        });
        page.navigate(instance.url(TestInstance.TUFTS).toString());
        page.waitForCondition(() -> !held.isEmpty());
        page.context().setOffline(true);
        assertThat(page.getByTestId("offline")).isVisible();

        for (var route : held) route.abort();
        page.waitForTimeout(300);

        assertThat(page.getByTestId("offline")).isVisible();
    }
}
