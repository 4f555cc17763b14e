package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// J8 for newsrooms: the live count in a page of another site, oEmbed, and the press page.
final class EmbedTest {

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static String oembed(String page, String more) {
        return "/oembed?url=" + URLEncoder.encode(page, StandardCharsets.UTF_8) + more;
    }

    private static String here(String path) {
        return instance.publicUrl() + path;
    }

    /// Serves a page from another host, written by hand or as WordPress writes it.
    private static final class ForeignSite implements AutoCloseable {
        private final HttpServer server;

        ForeignSite(String html) throws Exception {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var bytes = html.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " sandbox=\"allow-scripts\" security=\"restricted\""}) // by hand; by WordPress
    void aStrangersPageShowsTheCountAndEachNewBatch(String sandbox) throws Exception {
        var html = TestInstance.json(instance.get(oembed(here(TestInstance.TUFTS), "")))
                .get("html")
                .stringValue();
        assertThat(html).contains(here("/embed" + TestInstance.TUFTS));
        var frame = html.replace(here(""), instance.url("").toString()).replace("<iframe", "<iframe" + sandbox);
        try (var foreign = new ForeignSite("<!DOCTYPE html><title>News</title><h1>News</h1>" + frame)) {
            var page = browser.person(TestBrowser.Screen.PHONE, "en");
            var hosts = new ArrayList<String>();
            page.onRequest(request -> hosts.add(request.url()));
            page.navigate(foreign.address());
            var inside = page.frameLocator("iframe");
            assertThat(inside.locator("h1")).containsText("sanctuary campus");
            var before = instance.shownCount();

            instance.crowd(10);

            assertThat(inside.locator(".number")).containsText((before + 10) + " signatures");
            assertThat(inside.locator("a").last()).hasAttribute("href", here(TestInstance.TUFTS + "/record"));
            assertThat(page.context().cookies()).isEmpty();
            assertThat(hosts)
                    .allMatch(url -> url.startsWith(foreign.address())
                            || url.startsWith(instance.url("/").toString()));
        }
    }

    /// The page is a local file, such as a draft that an editor opens with a double click.
    @Test
    void aFileOnOnesOwnDiskShowsTheCount(@TempDir Path folder) throws Exception {
        var html = TestInstance.json(instance.get(oembed(here(TestInstance.TUFTS), "")))
                .get("html")
                .stringValue();
        var file = folder.resolve("draft.html");
        Files.writeString(
                file,
                "<!DOCTYPE html><title>Draft</title>"
                        + html.replace(here(""), instance.url("").toString()));
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        page.navigate(file.toUri().toString());
        assertThat(page.frameLocator("iframe").locator("h1")).containsText("sanctuary campus");
    }

    private static final String SECRET = "Ab3dEf6hIj";

    /// Does what WordPress's own script does (wp-includes/js/wp-embed.js): it limits the height to 200 to 1000
    /// pixels, and follows links to the frame's own host only while the frame has the focus.
    private static final String WORDPRESS = """
            <script>
            const frame = document.querySelector('iframe');
            addEventListener('message', ({ data, source }) => {
              if (!data || data.secret !== '%s' || source !== frame.contentWindow) return;
              if (data.message === 'height') frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
              const to = data.message === 'link' && new URL(data.value);
              if (to && document.activeElement === frame) document.title = 'went to ' + to.pathname;
            });
            </script>
            """.formatted(SECRET);

    /// WordPress's server writes the sandbox and a secret into the frame (wp_filter_oembed_result).
    @Test
    void inWordPressTheLinksLeadToThePageAndItsRecordAndTheFrameIsAsHighAsItNeedsToBe() throws Exception {
        var html = TestInstance.json(instance.get(oembed(here(TestInstance.TUFTS), "")))
                .get("html")
                .stringValue();
        var frame = html.replace(here(""), instance.url("").toString())
                .replace("<iframe", "<iframe sandbox=\"allow-scripts\" security=\"restricted\"")
                .replaceAll("src=\"([^\"]+)\"", "src=\"$1#?secret=" + SECRET + "\"")
                .replaceAll("width=\"[0-9]+\" height=\"[0-9]+\"", "width=\"300\" height=\"100\"");
        try (var foreign = new ForeignSite("<!DOCTYPE html><title>News</title>" + frame + WORDPRESS)) {
            var page = browser.person(TestBrowser.Screen.PHONE, "en");
            page.navigate(foreign.address());
            var inside = page.frameLocator("iframe");
            page.waitForCondition(() -> (boolean)
                    inside.locator("html").evaluate("html => innerHeight >= 200 && html.scrollHeight <= innerHeight"));
            inside.locator("h1 a").click(); // the frame's script runs: it has sent the height
            assertThat(page).hasTitle("went to " + TestInstance.TUFTS);
            inside.locator("a").last().click();
            assertThat(page).hasTitle("went to " + TestInstance.TUFTS + "/record");
        }
    }

    @Test
    void anyOriginMayFrameTheEmbedAndItSubmitsNothing() {
        var frame = instance.get("/embed" + TestInstance.TUFTS);
        var page = instance.get(TestInstance.TUFTS);

        assertThat(frame.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "frame-ancestors");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
        assertThat(frame.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(instance.get("/embed/p/none").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void theFrameReadsWell(TestBrowser.Screen screen) {
        for (var language : new String[] {"en", "es"}) {
            var page = browser.person(screen, language);
            for (var path : new String[] {TestInstance.TUFTS, "/a/evening-walk", "/l/regents"}) {
                page.navigate(
                        instance.url("/embed" + path + "?lang=" + language).toString());
                TestBrowser.look(page, "embed" + path.replace('/', '-') + "-" + language);
            }
        }
    }

    @Test
    void oembedSaysTheSameInJsonAndXml() throws Exception {
        var json =
                TestInstance.json(instance.get(oembed(here("/a/evening-walk?lang=es"), "&maxwidth=320&maxheight=200")));
        var xml = instance.get(oembed(here("/a/evening-walk?lang=es"), "&format=xml&maxwidth=320&maxheight=200"));

        assertThat(xml.headers().firstValue("Content-Type")).contains("text/xml; charset=utf-8");
        var members = members(xml.body());
        for (var name : json.propertyNames()) {
            assertThat(members).containsEntry(name, json.get(name).asString());
        }
        assertThat(json.get("version").stringValue()).isEqualTo("1.0");
        assertThat(json.get("type").stringValue()).isEqualTo("rich");
        assertThat(json.get("width").intValue()).isEqualTo(320);
        assertThat(json.get("height").intValue()).isEqualTo(200);
        assertThat(json.get("title").stringValue()).isEqualTo("Marcha de la tarde");
        assertThat(json.get("html").stringValue())
                .isEqualTo(
                        "<iframe src=\"" + here("/embed/a/evening-walk?lang=es")
                                + "\" width=\"320\" height=\"200\" title=\"Marcha de la tarde\" frameborder=\"0\" style=\"max-width:100%\"></iframe>");
    }

    /// A pasted address can end with a slash and carry a newsletter's parameters; the page around can be very wide.
    @Test
    void anAddressAsPeoplePasteItIsFound() {
        var pasted = here(TestInstance.TUFTS) + "/?utm_source=mail&lang=es";
        var json = TestInstance.json(instance.get(oembed(pasted, "&maxwidth=20000&maxheight=99999")));
        assertThat(json.get("html").stringValue()).contains(here("/embed" + TestInstance.TUFTS + "?lang=es"));
        assertThat(json.get("width").intValue()).isEqualTo(480);
        assertThat(json.get("height").intValue()).isEqualTo(260);
        assertThat(instance.get(oembed(here(TestInstance.TUFTS).replace("http:", "HTTP:"), ""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(TestInstance.json(instance.get(oembed(pasted, "&maxwidth=320")))
                        .get("height")
                        .intValue())
                .isEqualTo(320);
    }

    @Test
    void oembedUsesTheRequestedLanguageInTitleAndFrame() {
        var json = TestInstance.json(instance.get(oembed(here("/a/evening-walk"), "&lang=es")));
        assertThat(json.get("title").stringValue()).isEqualTo("Marcha de la tarde");
        assertThat(json.get("html").stringValue()).contains(here("/embed/a/evening-walk?lang=es"));
    }

    @Test
    void oembedReturns404ForAddressesOutsideThisInstance() {
        for (var address : List.of(
                here(TestInstance.TUFTS).replace("http:", "ftp:"),
                here(TestInstance.TUFTS).replace("//", "//somebody@"),
                here(TestInstance.TUFTS) + "//",
                here(TestInstance.TUFTS).replace("http:", ""),
                here(TestInstance.TUFTS).replace("http://", ""),
                TestInstance.TUFTS,
                here("/p/none"),
                "https://elsewhere.example" + TestInstance.TUFTS)) {
            assertThat(instance.get(oembed(address, "")).statusCode())
                    .as(address)
                    .isEqualTo(404);
        }
    }

    /// oembed.com §4 (discovery): WordPress and other consumers read the links in a page's head.
    @ParameterizedTest
    @ValueSource(strings = {"", "?lang=es"})
    void everyPageWithACountLeadsToItsFrame(String language) throws Exception {
        var pages = new TreeSet<String>();
        for (var box :
                TestInstance.json(instance.get("/api/v1/boxes?page_size=100")).get("items")) {
            pages.add(box.get("path").stringValue());
        }
        assertThat(pages).contains(TestInstance.TUFTS, "/p/lantern-lights", "/a/evening-walk", "/l/regents");
        for (var path : pages) {
            var page = Jsoup.parse(TestInstance.text(instance.get(path + language)));
            var json = TestInstance.json(instance.get(discovered(page, "application/json+oembed")));
            var xml = instance.get(discovered(page, "text/xml+oembed"));

            assertThat(json.get("version").stringValue()).isEqualTo("1.0");
            assertThat(json.get("type").stringValue()).isEqualTo("rich");
            assertThat(json.get("width").intValue()).isPositive();
            assertThat(json.get("height").intValue()).isPositive();
            var html = json.get("html").stringValue();
            assertThat(members(xml.body())).containsEntry("html", html).containsEntry("type", "rich");
            var src = Jsoup.parse(html).select("iframe").attr("src");
            assertThat(src).isEqualTo(here("/embed" + path + language));
            var frame = instance.get(src.substring(here("").length()));
            assertThat(frame.statusCode()).isEqualTo(200);
            assertThat(frame.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .doesNotContain("frame-ancestors");
            assertThat(Jsoup.parse(TestInstance.text(frame)).select("h1").text())
                    .isEqualTo(page.select("h1").text());
        }
        var uncounted = Jsoup.parse(TestInstance.text(instance.get("/k/lantern-walk" + language)));
        assertThat(uncounted.select("link[type$=oembed]")).isEmpty();
    }

    /// Returns the path of the only oEmbed link of `type` in the page's head.
    private static String discovered(Document page, String type) {
        var links = page.head().select("link[rel=alternate][type=" + type + "]");
        assertThat(links).as(type).hasSize(1);
        assertThat(links.attr("href")).startsWith(here("/oembed?"));
        return links.attr("href").substring(here("").length());
    }

    private static Map<String, String> members(byte[] xml) throws Exception {
        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("oembed");
        var members = new HashMap<String, String>();
        for (var i = 0; i < root.getChildNodes().getLength(); i++) {
            var member = root.getChildNodes().item(i);
            members.put(member.getNodeName(), member.getTextContent());
        }
        return members;
    }

    @ParameterizedTest
    @CsvSource({
        "http://elsewhere.example/p/tufts-sanctuary, '', 404, not-found",
        "not an address, '', 404, not-found",
        "'', '', 400, malformed",
        "/p/none, '', 404, not-found",
        "/k/sanctuary-campus, '', 404, not-found",
        "/p/tufts-sanctuary, &format=yaml, 501, no-such-format",
        "/p/tufts-sanctuary, &maxwidth=-1, 400, malformed",
        "/p/tufts-sanctuary, &maxheight=99999999999, 400, malformed",
    })
    void oembedRefusesClearly(String page, String more, int status, String problem) {
        var response = instance.get(oembed(page.startsWith("/") ? here(page) : page, more));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(TestInstance.problem(response)).isEqualTo(problem);
    }

    @ParameterizedTest
    @EnumSource
    void j8ANewsroomFindsEachNumberWithItsProofOrItsSource(TestBrowser.Screen screen) {
        for (var entry : Map.of("en", "For newsrooms", "es", "Para la prensa").entrySet()) {
            var page = browser.person(screen, entry.getKey());
            page.navigate(
                    instance.url("/k/lantern-walk/press?lang=" + entry.getKey()).toString());
            assertThat(page.locator("h1")).hasText(entry.getValue());
            assertThat(page.locator("main")).containsText("Harbor Hall 12");
            assertThat(page.locator("main")).containsText("“hundreds”");
            TestBrowser.look(page, "press-" + entry.getKey());
            page.locator("summary").first().click();
            assertThat(page.locator("details[open] pre").first()).containsText("<iframe src=\"" + here("/embed/"));
            assertThat(page.locator("details[open] pre").last())
                    .hasText(here("/p/lantern-lights?lang=" + entry.getKey()));
        }
        var demo = TestInstance.text(instance.get("/k/sanctuary-campus/press?lang=en"));
        assertThat(demo)
                .contains(
                        "“more than 2,600”",
                        "“surpassed 4,800”",
                        "no contact",
                        "Permanent protection",
                        "Convened by Movimiento Cosecha.");
    }
}
