package org.undersigned.server.support;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real Chromium. `UNDERSIGNED_CHROMIUM` says where it is (the launcher sets it); with
/// `UNDERSIGNED_SCREENSHOTS` set to a directory every look at a page leaves a picture there.
public final class TestBrowser implements AutoCloseable {
    static {
        // what a page shows in the end: published batches, answers of a busy machine
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final com.microsoft.playwright.Browser chromium;

    public TestBrowser() {
        var path = System.getenv().getOrDefault("UNDERSIGNED_CHROMIUM", "/usr/bin/chromium");
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(path))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /// A person's own browser profile: nothing is shared with another.
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

    /// Whom a test sends what the instance did not, so that it is not held to what the instance says of itself.
    public Page personWhoIsSentOtherThings(Screen screen, String language) {
        return unchecked(options(screen, language));
    }

    private static NewContextOptions options(Screen screen, String language) {
        return new NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setLocale(language);
    }

    private Page person(NewContextOptions options) {
        var page = unchecked(options);
        page.context().onRequestFinished(TestBrowser::check);
        return page;
    }

    private Page unchecked(NewContextOptions options) {
        BrowserContext context = chromium.newContext(options);
        context.setDefaultTimeout(30_000);
        var page = context.newPage();
        page.onPageError(error -> {
            throw new AssertionError("the page's script failed: " + error);
        });
        return page;
    }

    /// What an instance sent must be as /openapi.json says, as for a [CheckedClient].
    private static void check(Request request) {
        var address = URI.create(request.url());
        if (!"localhost".equals(address.getHost())) return; // a page of somebody else's, which a test made
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
                    (name, _) -> !name.equalsIgnoreCase("content-encoding")); // the body comes plain
            var isJson = headers.firstValue("Content-Type")
                    .orElse("")
                    .contains("json"); // of others only the head is held to it
            var body = isJson ? body(response) : null;
            return OpenApiDocument.DOCUMENT.faults(
                    request.method(), address.getRawPath(), response.status(), headers, body);
        } catch (PlaywrightException e) {
            return List.of(); // the page it was for is gone
        }
    }

    /// Null where the browser has thrown it away with the page it was for.
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

    /// Looks at the page as it is: axe finds nothing, and it fits.
    public static void look(Page page, String name) {
        var violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .as("axe on " + name)
                .extracting(
                        rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                .isEmpty();
        fits(page, name);
    }

    /// Nothing is wider than the screen; a picture is taken if wanted.
    public static void fits(Page page, String name) {
        assertThat(overflow(page)).as(name + " is wider than the screen by").isLessThanOrEqualTo(0);
        var directory = System.getenv("UNDERSIGNED_SCREENSHOTS");
        if (directory != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(directory, name + "-" + page.viewportSize().width + ".png")));
        }
    }

    /// Pixels by which the page is wider than the screen.
    public static int overflow(Page page) {
        return (int) page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    }

    @Override
    public void close() {
        playwright.close();
    }
}
