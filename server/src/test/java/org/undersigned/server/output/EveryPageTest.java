package org.undersigned.server.output;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// Checks every public page, including pages added later: both languages, light and dark colours, right-to-left
/// layout, no JavaScript, and a size small enough for a phone with a slow connection.
final class EveryPageTest {
    /// Limit in bytes for HTML, styles and scripts, compressed; a page with a map has more to draw.
    private static final int MAX_BYTES = 120_000;

    private static final int MAX_BYTES_WITH_MAP = 200_000;

    /// Selects what scripts add: the map's marks and tools, the announcement of live numbers to screen
    /// readers, copy buttons, the check and the recount of a record, and the letter composer; also the text
    /// for browsers without scripts.
    private static final String SCRIPTED = """
            svg.map, .map-tools, main > .visually-hidden[role=status], [data-copy] > button, #record-live, #recount-live,
            #compose > :not(h2, h2 + p), #letters, noscript""";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static List<String> pages;

    @BeforeAll
    static void start() {
        instance.crowd(10);
        assertThat(instance.published(10)).isEqualTo(10);
        pages = pages();
    }

    /// Returns some fixed pages and those of the sitemap, without most of the demonstration's campuses, actions and
    /// petitions, which are all alike.
    private static List<String> pages() {
        var pages = new TreeSet<>(List.of(
                "/",
                "/mine",
                "/campuses",
                "/c/tufts.edu/book",
                TestInstance.TUFTS + "/sign",
                TestInstance.TUFTS + "/record",
                TestInstance.TUFTS + "/names"));
        var locations =
                Pattern.compile("<loc>([^<?]*)[^<]*</loc>").matcher(TestInstance.text(instance.get("/sitemap.xml")));
        while (locations.find())
            pages.add(locations.group(1).substring(instance.publicUrl().length()));
        pages.remove("");
        var alike = Pattern.compile("/c/[a-z]+\\.edu|/a/[a-z-]+-walkout|/p/(usc|umass|harvard|smith)-.*");
        pages.removeIf(page -> alike.matcher(page).matches()
                && !List.of("/c/tufts.edu", "/c/usc.edu", "/a/usc-ucla-walkout").contains(page));
        assertThat(pages).hasSizeBetween(20, 50);
        return List.copyOf(pages);
    }

    /// Opens both languages on both screens; axe, the slowest check, runs once for each language and each layout.
    @ParameterizedTest
    @CsvSource({"es, PHONE, DESKTOP", "en, DESKTOP, PHONE"})
    void everyPublicPageReadsWell(String language, TestBrowser.Screen first, TestBrowser.Screen other) {
        var page = browser.person(first, language);
        for (var path : pages) {
            var name = "public" + path.replace('/', '-') + "-" + language;
            page.navigate(instance.url(path + "?lang=" + language).toString());
            assertThat(page.locator("h1")).hasCount(1);
            assertThat(page.locator("html")).hasAttribute("lang", language);
            TestBrowser.look(page, name);

            page.setViewportSize(other.width, other.height);
            assertThat(page.locator("h1")).isVisible();
            TestBrowser.fits(page, name);
            page.setViewportSize(first.width, first.height);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageThatIsNotThereReadsWell(TestBrowser.Screen screen) {
        var page = browser.person(screen, "en");
        page.navigate(instance.url("/nowhere").toString());
        TestBrowser.look(page, "nowhere");
    }

    @Test
    void everyPageThatCountsHereSaysThatItCountsPrograms() {
        var counting = new ArrayList<>(pages);
        counting.add("/embed" + TestInstance.TUFTS);
        counting.removeIf(path -> !Pattern.compile("class=\"(count|total-counted)\"")
                .matcher(TestInstance.text(instance.get(path)))
                .find());

        assertThat(counting)
                .contains("/k/sanctuary-campus", "/c/tufts.edu", TestInstance.TUFTS, "/embed" + TestInstance.TUFTS);
        for (var path : counting) {
            assertThat(TestInstance.text(instance.get(path)))
                    .as(path)
                    .contains("demonstration signers, which are programs");
        }
    }

    @Test
    void everyPublicPageReadsWellInTheDarkAndFromRightToLeft() {
        var page = browser.person(TestBrowser.Screen.PHONE, "en", ColorScheme.DARK);
        for (var path : pages) {
            if (path.startsWith("/k/sanctuary-campus")) continue; // the same kinds of pages as the other campaign's
            page.navigate(instance.url(path).toString());
            TestBrowser.look(page, "dark" + path.replace('/', '-'));

            page.evaluate("() => { document.documentElement.dir = 'rtl'; }");

            assertThat(TestBrowser.overflow(page))
                    .as(path + " from right to left")
                    .isLessThanOrEqualTo(0);
        }
        TestBrowser.look(page, "right-to-left");
    }

    @Test
    void everyInformingPageSaysTheSameWithoutJavaScript() {
        var with = browser.person(TestBrowser.Screen.PHONE, "en");
        var without = browser.personWithoutScript(TestBrowser.Screen.PHONE, "en");
        for (var path : pages) {
            with.navigate(instance.url(path).toString());
            without.navigate(instance.url(path).toString());
            assertThat(without.locator("h1")).hasText(with.locator("h1").innerText());
            assertThat(without.locator("button:visible:not(form button)").count())
                    .as(path + ": buttons that do nothing")
                    .isZero();
            var informs = !path.endsWith("/sign") && !path.endsWith("/book") && !path.equals("/mine");
            if (informs) assertThat(words(with)).as(path).isEqualTo(words(without));
            // A browser in which the test disables scripts still parses <noscript> as if scripts ran, so the test
            // reads the HTML.
            if (!informs)
                assertThat(TestInstance.text(instance.get(path))).containsPattern("<noscript>.*needs JavaScript");
        }
    }

    /// Returns the words of the page's main part, without what scripts add.
    private static List<String> words(Page page) {
        var text = (String) page.evaluate("""
                (scripted) => { const main = document.querySelector('main');
                  main.querySelectorAll(scripted).forEach((one) => one.remove());
                  return main.innerText; }""", SCRIPTED);
        return List.of(text.strip().split("\\s+"));
    }

    @Test
    void everythingIsReachedWithTheTabKeyAndSeenToBe() {
        var page = browser.person(TestBrowser.Screen.DESKTOP, "en");
        for (var path : List.of(
                "/",
                "/k/lantern-walk",
                "/k/lantern-walk/actions",
                "/k/lantern-walk/answers",
                "/k/lantern-walk/coverage",
                "/c/harbor.example",
                "/campuses",
                ExampleCampaign.REGENTS,
                TestInstance.TUFTS,
                TestInstance.TUFTS + "/record")) {
            page.navigate(instance.url(path).toString());
            var reached = 0;
            for (var focus = tab(page); !focus.equals("end"); focus = tab(page)) {
                assertThat(focus).as(path).isEqualTo("seen");
                assertThat(++reached).as(path).isLessThan(300);
            }
            var wanted = (int) page.evaluate("""
                    () => [...document.querySelectorAll(
                        'a[href], button, input:not([type=hidden]), select, textarea, summary, svg[tabindex]')]
                        .filter((one) => one.checkVisibility()).length""");
            assertThat(reached).as(path).isGreaterThanOrEqualTo(wanted); // Chromium adds scrollable elements
        }
    }

    private static int compressedSize(String url) {
        var path = url.substring(instance.url("").toString().length());
        return instance.get(path, "Accept-Encoding", "gzip").body().length;
    }

    /// Presses Tab. Returns `seen` if the focused element shows a focus ring, `unseen` and its HTML if not, `end`
    /// after the last element.
    private static String tab(Page page) {
        page.keyboard().press("Tab");
        return (String) page.evaluate("""
                () => { const one = document.activeElement;
                  if (one === null || one === document.body || one === document.documentElement) return 'end';
                  const ring = getComputedStyle(one);
                  const touch = one.querySelector(':scope > .touch');
                  const seen = (ring.outlineStyle === 'solid' && parseFloat(ring.outlineWidth) >= 3)
                      || (touch !== null && parseFloat(getComputedStyle(touch).strokeWidth) >= 3);
                  return seen ? 'seen' : 'unseen: ' + one.outerHTML.slice(0, 200); }""");
    }

    @Test
    void everyPublicPageWithAllItNeedsIsLight() {
        var heaviest = 0;
        var sizes = new HashMap<String, Integer>(); // styles and scripts are the same for every page
        for (var path : pages) {
            var page = browser.person(TestBrowser.Screen.PHONE, "en");
            var loaded = new ArrayList<String>();
            page.onRequest(request -> loaded.add(request.url()));
            page.navigate(instance.url(path).toString());
            var total = 0;
            for (var url : loaded) {
                if (url.startsWith("data:") || url.endsWith("/events")) continue;
                assertThat(url).startsWith(instance.url("/").toString());
                total += sizes.computeIfAbsent(url, EveryPageTest::compressedSize);
            }
            var map = page.locator("svg.map").count() > 0;
            page.navigate("about:blank"); // else its open stream ends after it: Playwright then misses the page
            page.context().close();
            System.out.println(path + " with all it needs: " + total + " bytes compressed");
            assertThat(total).as(path).isBetween(1_000, map ? MAX_BYTES_WITH_MAP : MAX_BYTES);
            heaviest = Math.max(heaviest, total);
        }
        System.out.println("the heaviest of " + pages.size() + " public pages: " + heaviest + " bytes compressed");
    }
}
