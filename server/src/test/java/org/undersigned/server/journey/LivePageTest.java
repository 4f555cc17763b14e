package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// A petition's page that stays open: it shows each new batch, and shows a notice while it has no connection.
final class LivePageTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

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
