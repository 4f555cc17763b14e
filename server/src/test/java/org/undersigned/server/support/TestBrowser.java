package org.undersigned.server.support;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real Chromium, shared by all classes of a test process. `UNDERSIGNED_CHROMIUM` is its path (the launcher sets
/// it). If `UNDERSIGNED_SCREENSHOTS` is a directory, every [#look] stores a picture there. As a
/// `@RegisterExtension` it closes the pages of the test class after the class. For one thread.
public final class TestBrowser implements AutoCloseable, AfterEachCallback {
    static {
        // long enough for published batches and for a busy machine
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    /// Runs all axe rules, but transfers only the violations from the browser.
    private static final AxeRunOptions ONLY_VIOLATIONS = new AxeRunOptions();

    static {
        ONLY_VIOLATIONS.setResultTypes(List.of("violations"));
    }

    private static @Nullable Playwright playwright;
    private static @Nullable Browser chromium;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<Browser> browsers = new ArrayList<>();

    private static synchronized Browser chromium() {
        if (chromium == null) chromium = launch(List.of());
        return chromium;
    }

    private static synchronized Playwright playwright() {
        if (playwright == null) {
            playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(playwright::close));
        }
        return playwright;
    }

    private static Browser launch(List<String> more) {
        var path = System.getenv().getOrDefault("UNDERSIGNED_CHROMIUM", "/usr/bin/chromium");
        var arguments = new ArrayList<>(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
        arguments.addAll(more);
        return playwright()
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(path))
                        .setArgs(arguments));
    }

    /// Opens a page in a new browser profile, which shares nothing with other profiles.
    public Page person(Screen screen, String language) {
        return person(screen, language, ColorScheme.LIGHT);
    }

    public Page person(Screen screen, String language, ColorScheme scheme) {
        return person(options(screen, language).setColorScheme(scheme));
    }

    public Page personWithoutScript(Screen screen, String language) {
        return person(options(screen, language).setJavaScriptEnabled(false));
    }

    public Page personWithFingers(Screen screen, String language) {
        return person(options(screen, language).setHasTouch(true));
    }

    /// Opens a page whose responses a test replaces; they are not checked against /openapi.json.
    public Page personWithReplacedResponses(Screen screen, String language) {
        return unchecked(options(screen, language));
    }

    /// Opens a page in a browser of its own whose camera, which the person allows, shows a video (Y4M).
    public Page personWithCamera(Screen screen, String language, Path video) {
        var browser = launch(List.of(
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-video-capture=" + video));
        browsers.add(browser);
        return checked(page(browser.newContext(options(screen, language))));
    }

    private static NewContextOptions options(Screen screen, String language) {
        return new NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setLocale(language);
    }

    private Page person(NewContextOptions options) {
        return checked(unchecked(options));
    }

    private static Page checked(Page page) {
        page.context().onRequestFinished(TestBrowser::check);
        return page;
    }

    private Page unchecked(NewContextOptions options) {
        return page(chromium().newContext(options));
    }

    private Page page(BrowserContext context) {
        contexts.add(context);
        context.setDefaultTimeout(30_000);
        var page = context.newPage();
        page.onPageError(error -> {
            throw new AssertionError("the page's script failed: " + error);
        });
        return page;
    }

    /// Checks a response of an instance against /openapi.json, like [CheckedClient].
    private static void check(Request request) {
        var address = URI.create(request.url());
        if (!"localhost".equals(address.getHost())) return; // a page of another site, which a test provides
        assertThat(faults(request, address))
                .as(request.method() + " " + address)
                .isEmpty();
    }

    private static List<String> faults(Request request, URI address) {
        try {
            var response = request.response();
            if (response == null) return List.of();
            var headers = HttpHeaders.of(
                    response.headersArray().stream()
                            .collect(groupingBy(header -> header.name, mapping(header -> header.value, toList()))),
                    (name, _) -> !name.equalsIgnoreCase("content-encoding")); // body() is decompressed
            var isJson = headers.firstValue("Content-Type")
                    .orElse("")
                    .contains("json"); // of other types only status and headers are checked
            var body = isJson ? body(response) : null;
            return OpenApiDocument.DOCUMENT.faults(
                    request.method(), address.getRawPath(), response.status(), headers, body);
        } catch (PlaywrightException e) {
            return List.of(); // the page of this request is closed
        }
    }

    /// Returns the body; null if the browser discarded it together with its page.
    private static byte @Nullable [] body(Response response) {
        try {
            return response.body();
        } catch (PlaywrightException e) {
            return null;
        }
    }

    public enum Screen {
        PHONE(390, 844),
        DESKTOP(1280, 800);

        public final int width;
        public final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    /// Asserts that axe finds no violation and that the page fits the screen.
    public static void look(Page page, String name) {
        var violations = new AxeBuilder(page)
                .setLegacyMode(page.frames().size() == 1) // without frames the faster way finds the same
                .options(ONLY_VIOLATIONS)
                .analyze()
                .getViolations();
        assertThat(violations)
                .as("axe on " + name)
                .extracting(
                        rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                .isEmpty();
        fits(page, name);
    }

    /// Asserts that nothing is wider than the screen; stores a picture if `UNDERSIGNED_SCREENSHOTS` is set.
    public static void fits(Page page, String name) {
        assertThat(overflow(page)).as(name + " is wider than the screen by").isLessThanOrEqualTo(0);
        var directory = System.getenv("UNDERSIGNED_SCREENSHOTS");
        if (directory != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(directory, name + "-" + page.viewportSize().width + ".png")));
        }
    }

    /// Returns by how many pixels the page is wider than the screen.
    public static int overflow(Page page) {
        return (int) page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    }

    /// Closes all profiles that this object opened; the shared Chromium continues to run.
    @Override
    public void close() {
        contexts.forEach(TestBrowser::close);
        contexts.clear();
        browsers.forEach(Browser::close);
        browsers.clear();
    }

    /// Playwright loses a page that closes at the same moment as its profile, and says so in an exception of its own;
    /// the second request finds the profile without that page.
    private static void close(BrowserContext context) {
        try {
            context.close();
        } catch (PlaywrightException e) {
            if (!String.valueOf(e.getMessage()).startsWith("Object doesn't exist")) throw e;
            context.close();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
