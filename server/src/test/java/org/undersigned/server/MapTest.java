package org.undersigned.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The map of campuses under keys and a mouse: never an empty stretch of land, never a mark too small to hit.
final class MapTest {
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

    private static Page open(Browser.Screen screen) {
        var page = browser.person(screen, "en");
        page.navigate(town.url("/k/sanctuary-campus").toString());
        assertThat(page.getByTestId("map-in")).isVisible();
        return page;
    }

    private static Locator marks(Page page) {
        return page.locator("svg.map a");
    }

    private static String shown(Page page) {
        return page.locator("svg.map").getAttribute("viewBox");
    }

    /// Marks of which something is to be seen.
    private static int inSight(Page page) {
        return (int) page.evaluate("""
                () => { const map = document.querySelector('svg.map').getBoundingClientRect();
                  return [...document.querySelectorAll('svg.map a')].filter((mark) => {
                    const box = mark.getBoundingClientRect();
                    return box.left < map.right && box.right > map.left && box.top < map.bottom && box.bottom > map.top;
                  }).length; }""");
    }

    @Test
    void itsCrowdsPartUnderKeysAndTheBrowserKeepsItsOwn() {
        var page = open(Browser.Screen.DESKTOP);
        var whole = marks(page).count();
        page.locator("svg.map").focus();
        page.keyboard().press("ArrowLeft"); // there is nothing to move to: the page may have the key
        page.keyboard().press("Control++");
        assertThat(shown(page)).isEqualTo("0 0 975 610");

        var crowds = page.locator("svg.map a:has(text)").count();
        for (var i = 0; i < 6; i++) page.keyboard().press("+");
        assertThat(page.locator("svg.map a:has(text)").count()).isLessThan(crowds);
        assertThat(inSight(page)).isPositive();
        var before = shown(page);
        page.keyboard().press("ArrowRight");
        assertThat(shown(page)).isNotEqualTo(before);

        page.keyboard().press("0");
        assertThat(marks(page)).hasCount(whole);
        assertThat(page.locator("main")).containsText("Portland State University");
    }

    @ParameterizedTest
    @EnumSource
    void zoomingInByTheButtonAlwaysEndsAtACampus(Browser.Screen screen) {
        var page = open(screen);
        for (var i = 0; i < 6; i++) {
            page.getByTestId("map-in").click();
            assertThat(inSight(page)).isPositive();
        }
        var before = shown(page);
        page.getByTestId("map-left").click();
        assertThat(shown(page)).isNotEqualTo(before);
        page.getByTestId("map-whole").click();
        assertThat(shown(page)).isEqualTo("0 0 975 610");
        assertThat(page.getByTestId("map-left")).hasAttribute("aria-disabled", "true");
    }

    @ParameterizedTest
    @EnumSource
    void everyMarkIsLargeEnoughForAFinger(Browser.Screen screen) {
        var page = open(screen);
        for (var step = 0; step < 2; step++) {
            for (var mark : marks(page).all()) {
                var box = mark.locator(".touch").boundingBox();
                assertThat(Math.min(box.width, box.height)).isGreaterThanOrEqualTo(24);
            }
            page.getByTestId("map-in").click();
        }
        Browser.look(page, "map");
    }

    @Test
    void aDragMovesItAndOpensNothing() {
        var page = open(Browser.Screen.DESKTOP);
        page.getByTestId("map-in").click();
        page.locator("svg.map").scrollIntoViewIfNeeded();
        var before = shown(page);
        var mark = marks(page).first().boundingBox();
        page.mouse().move(mark.x + mark.width / 2, mark.y + mark.height / 2);
        page.mouse().down();
        page.mouse().move(mark.x + 90, mark.y + 60, new Mouse.MoveOptions().setSteps(6));
        page.mouse().up();

        assertThat(shown(page)).isNotEqualTo(before);
        assertThat(page.url()).endsWith("/k/sanctuary-campus");
        marks(page).first().focus();
        page.keyboard().press("Enter"); // no drag: it opens
        page.waitForCondition(() -> !page.url().endsWith("/k/sanctuary-campus")
                || page.locator("svg.map a:focus").count() == 1);
    }

    @Test
    void theFocusStaysOnTheMapWhileItIsZoomed() {
        var page = open(Browser.Screen.DESKTOP);
        page.locator("svg.map a:has(text)").first().focus();
        for (var i = 0; i < 7; i++) {
            page.keyboard().press("+");
            assertThat(page.locator("svg.map a:focus, svg.map:focus")).hasCount(1);
        }
        assertThat(inSight(page)).isEqualTo(marks(page).count()); // nothing out of sight to tab through
    }

    @Test
    void aMarkOfSeveralOpensIntoThemWithTheKeyboardAlone() {
        var page = open(Browser.Screen.PHONE);
        var crowd = page.locator("svg.map a:has(text)").first();
        var name = crowd.getAttribute("aria-label");
        assertThat(name).matches("\\d+: .*");
        crowd.focus();
        for (var i = 0; i < 12 && page.locator("svg.map a:focus text").count() > 0; i++)
            page.keyboard().press("Enter");

        assertThat(page.locator("svg.map a:focus")).hasCount(1);
        var one = page.locator("svg.map a:focus").getAttribute("aria-label");
        assertThat(name).contains(one);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText(one.substring(0, one.indexOf(',')));
    }
}
