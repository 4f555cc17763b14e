package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// The map of campuses, used by keyboard, mouse and touch: zooming never ends at an empty area, and no mark is too
/// small to hit.
final class CampusMapTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static Page open(TestBrowser.Screen screen) {
        return open(browser.person(screen, "en"));
    }

    private static Page open(Page page) {
        page.navigate(instance.url("/k/sanctuary-campus").toString());
        assertThat(page.getByTestId("map-in")).isVisible();
        return page;
    }

    private static Locator marks(Page page) {
        return page.locator("svg.map a");
    }

    private static String shown(Page page) {
        return page.locator("svg.map").getAttribute("viewBox");
    }

    /// Returns the number of marks that are at least partly visible.
    private static int visibleMarks(Page page) {
        return (int) page.evaluate("""
                () => { const map = document.querySelector('svg.map').getBoundingClientRect();
                  return [...document.querySelectorAll('svg.map a')].filter((mark) => {
                    const box = mark.getBoundingClientRect();
                    return box.left < map.right && box.right > map.left && box.top < map.bottom && box.bottom > map.top;
                  }).length; }""");
    }

    @Test
    void keysZoomIntoGroupedMarksAndBrowserShortcutsStillWork() {
        var page = open(TestBrowser.Screen.DESKTOP);
        var whole = marks(page).count();
        page.locator("svg.map").focus();
        page.keyboard().press("ArrowLeft"); // the whole map is visible: the browser handles the key
        page.keyboard().press("Control++");
        assertThat(shown(page)).isEqualTo("0 0 975 610");

        var crowds = page.locator("svg.map a:has(text)").count();
        for (var i = 0; i < 6; i++) page.keyboard().press("+");
        assertThat(page.locator("svg.map a:has(text)").count()).isLessThan(crowds);
        assertThat(visibleMarks(page)).isPositive();
        var before = shown(page);
        page.keyboard().press("ArrowRight");
        assertThat(shown(page)).isNotEqualTo(before);

        page.keyboard().press("0");
        assertThat(marks(page)).hasCount(whole);
        assertThat(page.locator("main")).containsText("Portland State University");
    }

    @ParameterizedTest
    @EnumSource
    void zoomingInByTheButtonAlwaysEndsAtACampus(TestBrowser.Screen screen) {
        var page = open(screen);
        for (var i = 0; i < 6; i++) {
            page.getByTestId("map-in").click();
            assertThat(visibleMarks(page)).isPositive();
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
    void everyMarkIsLargeEnoughForAFinger(TestBrowser.Screen screen) {
        var page = open(screen);
        for (var step = 0; step < 2; step++) {
            for (var mark : marks(page).all()) {
                var box = mark.locator(".touch").boundingBox();
                assertThat(Math.min(box.width, box.height)).isGreaterThanOrEqualTo(24);
            }
            page.getByTestId("map-in").click();
        }
        TestBrowser.look(page, "map");
    }

    @Test
    void aDragMovesItAndOpensNothing() {
        var page = open(TestBrowser.Screen.DESKTOP);
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
        page.keyboard().press("Enter"); // a key press is not a drag: the link opens
        page.waitForCondition(() -> !page.url().endsWith("/k/sanctuary-campus")
                || page.locator("svg.map a:focus").count() == 1);
    }

    @Test
    void theFocusStaysOnTheMapWhileItIsZoomed() {
        var page = open(TestBrowser.Screen.DESKTOP);
        page.locator("svg.map a:has(text)").first().focus();
        for (var i = 0; i < 7; i++) {
            page.keyboard().press("+");
            assertThat(page.locator("svg.map a:focus, svg.map:focus")).hasCount(1);
        }
        assertThat(visibleMarks(page)).isEqualTo(marks(page).count()); // Tab reaches no invisible mark
    }

    @Test
    void enterOnAGroupedMarkZoomsInToASingleCampus() {
        var page = open(TestBrowser.Screen.PHONE);
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

    private record Spot(double x, double y) {
        private Spot by(double right, double down) {
            return new Spot(x + right, y + down);
        }
    }

    /// The visible part of the map, read from its `viewBox`.
    private record Shown(double x, double y, double width) {
        private static Shown of(Page page) {
            var numbers = Stream.of(shown(page).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Shown(numbers[0], numbers[1], numbers[2]);
        }

        /// Compares within about one pixel of a phone.
        private boolean isNear(Shown other) {
            var most = width / 300;
            return Math.abs(x - other.x) < most && Math.abs(y - other.y) < most && Math.abs(width - other.width) < most;
        }
    }

    /// Simulates fingers on the screen; the browser receives the same events as from real fingers.
    private static final class Fingers {
        private static final int STEPS = 8;

        private final Page page;
        private final CDPSession browser;

        private Fingers(Page page) {
            this.page = page;
            browser = page.context().newCDPSession(page);
        }

        private Spot middle() {
            page.locator("svg.map").evaluate("map => map.scrollIntoView({block: 'center'})");
            var map = page.locator("svg.map").boundingBox();
            return new Spot(map.x + map.width / 2, map.y + map.height / 2);
        }

        /// Puts a finger on each spot, moves all of them in a straight line, and lifts them.
        private void move(List<Spot> from, List<Spot> to) {
            touch("touchStart", from);
            for (var step = 1; step <= STEPS; step++) {
                var part = (double) step / STEPS;
                touch(
                        "touchMove",
                        IntStream.range(0, from.size())
                                .mapToObj(i -> from.get(i)
                                        .by(
                                                part
                                                        * (to.get(i).x()
                                                                - from.get(i).x()),
                                                part
                                                        * (to.get(i).y()
                                                                - from.get(i).y())))
                                .toList());
            }
            touch("touchEnd", List.of());
        }

        private void touch(String type, List<Spot> spots) {
            var points = new JsonArray();
            for (var spot : spots) {
                var point = new JsonObject();
                point.addProperty("x", spot.x());
                point.addProperty("y", spot.y());
                point.addProperty("id", points.size());
                points.add(point);
            }
            var event = new JsonObject();
            event.addProperty("type", type);
            event.add("touchPoints", points);
            var _ = browser.send("Input.dispatchTouchEvent", event);
        }

        /// Moves two fingers apart or together, left and right of the middle of the map. Distances are in
        /// pixels.
        private void pinch(double apartBefore, double apartAfter) {
            var middle = middle();
            move(
                    List.of(middle.by(-apartBefore / 2, 0), middle.by(apartBefore / 2, 0)),
                    List.of(middle.by(-apartAfter / 2, 0), middle.by(apartAfter / 2, 0)));
        }
    }

    @Test
    void twoFingersZoomItAsFarAsTheyArePulledApart() {
        var page = open(browser.personWithFingers(TestBrowser.Screen.PHONE, "en"));
        var fingers = new Fingers(page);

        fingers.pinch(80, 240);
        page.waitForCondition(() -> Shown.of(page).isNear(new Shown(325, 610 / 3.0, 325)));
        assertThat(page.locator("svg.map.zoomed")).hasCount(1);

        fingers.pinch(240, 120);
        page.waitForCondition(() -> Shown.of(page).isNear(new Shown(162.5, 610 / 6.0, 650)));

        fingers.pinch(240, 60);
        page.waitForCondition(() -> shown(page).equals("0 0 975 610"));
        assertThat(page.evaluate("() => visualViewport.scale")).isEqualTo(1); // the browser did not zoom the page
        assertThat(page.url()).endsWith("/k/sanctuary-campus");
    }

    @Test
    void aFingerScrollsThePageUntilTheMapIsZoomed() {
        var page = open(browser.personWithFingers(TestBrowser.Screen.PHONE, "en"));
        var fingers = new Fingers(page);
        var start = fingers.middle();
        var scrolled = scrolled(page);
        fingers.move(List.of(start), List.of(start.by(0, -120)));
        page.waitForCondition(() -> scrolled(page) > scrolled);
        assertThat(shown(page)).isEqualTo("0 0 975 610");

        fingers.pinch(80, 240);
        page.waitForCondition(() -> Shown.of(page).width() < 330);
        assertFingerMovesMap(page, fingers, fingers.middle());
    }

    @Test
    void aFingerThatBeginsOnAMarkMovesTheMapAndOpensNothing() {
        var page = open(browser.personWithFingers(TestBrowser.Screen.PHONE, "en"));
        var fingers = new Fingers(page);
        for (var i = 0; i < 2; i++) page.getByTestId("map-in").click(); // zooms to an area with marks
        var middle = fingers.middle();
        var mark = marks(page).all().stream()
                .map(one -> one.locator(".touch").boundingBox())
                .map(box -> new Spot(box.x + box.width / 2, box.y + box.height / 2))
                .min(Comparator.comparingDouble(spot -> Math.hypot(spot.x() - middle.x(), spot.y() - middle.y())))
                .orElseThrow();

        assertFingerMovesMap(page, fingers, mark);

        assertThat(page.url()).endsWith("/k/sanctuary-campus");
    }

    /// Checks that the map follows a finger by the same distance, towards the middle of the map, and that the page
    /// does not scroll.
    private static void assertFingerMovesMap(Page page, Fingers fingers, Spot from) {
        var before = Shown.of(page);
        var scrolled = scrolled(page);
        var right = before.x() > (975 - before.width()) / 2 ? 60 : -60;
        var down = before.y() > (610 - before.width() / 975 * 610) / 2 ? 40 : -40;
        var pixel = before.width() / page.locator("svg.map").boundingBox().width;

        fingers.move(List.of(from), List.of(from.by(right, down)));

        var after = new Shown(before.x() - right * pixel, before.y() - down * pixel, before.width());
        page.waitForCondition(() -> Shown.of(page).isNear(after));
        assertThat(scrolled(page)).isEqualTo(scrolled);
    }

    private static double scrolled(Page page) {
        return ((Number) page.evaluate("() => window.scrollY")).doubleValue();
    }
}
