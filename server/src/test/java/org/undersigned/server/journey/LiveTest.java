package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.server.support.Browser;
import org.undersigned.server.support.Town;

/// A petition's page that stays open: it shows what is published meanwhile, and says so when no news can come.
final class LiveTest {
    private static Town town;
    private static Browser browser;

    @BeforeAll
    static void start() {
        town = Town.start();
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        town.close();
    }

    private static Page open() {
        var page = browser.person(Browser.Screen.PHONE, "en");
        page.navigate(town.url(Town.TUFTS).toString());
        return page;
    }

    @Test
    void aPageShowsANewBatchWithoutAReload() {
        var page = open();
        page.evaluate("() => { window.sameVisit = true; }");

        town.crowd(10);

        assertThat(page.locator(".number")).containsText("10 signatures");
        assertThat(page.evaluate("() => window.sameVisit")).isEqualTo(true);
        town.crowd(10);
        assertThat(page.locator(".number")).containsText("20 signatures");
        page.locator("summary").first().click();
        assertThat(page.locator(".steps-chart table tbody tr")).hasCount(2);
        Browser.look(page, "petition-grown");
    }

    @Test
    void aPageWithoutConnectionSaysFromWhenItsNumbersAreAndCatchesUp() {
        var page = open();
        var before = town.shownCount();
        page.context().setOffline(true);
        assertThat(page.getByTestId("offline")).containsText("Not connected. The numbers here are from");
        Browser.look(page, "petition-offline");
        town.crowd(10);
        var now = town.published((int) before + 10);

        page.context().setOffline(false);

        assertThat(page.getByTestId("offline")).isHidden();
        assertThat(page.locator(".number")).containsText(now + " signatures");
    }

    @Test
    void theNoticeStaysWhenTheConnectionIsLostWhileThePageIsAskedFor() {
        var page = browser.person(Browser.Screen.PHONE, "en");
        var held = new ArrayList<Route>();
        page.route((String url) -> url.endsWith(Town.TUFTS), route -> {
            if (route.request().resourceType().equals("fetch")) held.add(route);
            else route.resume();
        });
        page.navigate(town.url(Town.TUFTS).toString());
        page.waitForCondition(() -> !held.isEmpty());
        page.context().setOffline(true);
        assertThat(page.getByTestId("offline")).isVisible();

        for (var route : held) route.abort();
        page.waitForTimeout(300);

        assertThat(page.getByTestId("offline")).isVisible();
    }
}
