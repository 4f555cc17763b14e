package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.microsoft.playwright.ConsoleMessage;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.imaging.Imaging;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.testkit.NodeProgram;
import org.w3c.dom.Element;

/// What search engines and messengers read: the sitemap lists every page; each page describes itself in its
/// language, with a picture; a JSON-LD processor (Titanium) reads its data without network access.
final class SearchEngineTest {
    private static final String SCHEMA = "http://schema.org/";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    /// The sitemap entry of every page, by address.
    private static Map<String, Listed> sitemap;

    private record Listed(Map<String, String> languages, String changed) {}

    @BeforeAll
    static void start() throws Exception {
        instance.crowd(10); // one batch: on a slow machine more entries would make two
        assertThat(instance.published(10)).isEqualTo(10);
        sitemap = sitemap();
    }

    private static Map<String, Listed> sitemap() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var xml = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(instance.get("/sitemap.xml").body()));
        assertThat(xml.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.sitemaps.org/schemas/sitemap/0.9");
        var found = new LinkedHashMap<String, Listed>();
        var urls = xml.getElementsByTagName("url");
        for (var i = 0; i < urls.getLength(); i++) {
            var url = (Element) urls.item(i);
            var languages = new HashMap<String, String>();
            var links = url.getElementsByTagNameNS(XHTML, "link");
            for (var j = 0; j < links.getLength(); j++) {
                var link = (Element) links.item(j);
                languages.put(link.getAttribute("hreflang"), link.getAttribute("href"));
            }
            found.put(one(url, "loc"), new Listed(languages, one(url, "lastmod")));
        }
        return found;
    }

    private static String one(Element in, String name) {
        var found = in.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    /// Removes scheme, host and port: the configured address of the site has another port than the test uses.
    private static String path(String address) {
        return address.replaceFirst("^https?://[^/]+", "");
    }

    private static Document page(String path) {
        var response = instance.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return document(response);
    }

    private static Document document(HttpResponse<byte[]> response) {
        return Jsoup.parse(TestInstance.text(response));
    }

    private static String meta(Document page, String name) {
        var found = page.select("meta[name=" + name + "], meta[property=" + name + "]");
        assertThat(found).as(name + " of " + page.title()).hasSize(1);
        return found.getFirst().attr("content");
    }

    private static String language(Document page) {
        return page.select("html").attr("lang");
    }

    private static String data(Document page) {
        return page.select("script[type=application/ld+json]")
                .dataNodes()
                .getFirst()
                .getWholeData();
    }

    private static Map<String, String> languages(Document page) {
        var found = new HashMap<String, String>();
        page.select("link[rel=alternate][hreflang]")
                .forEach(link -> found.put(link.attr("hreflang"), link.attr("href")));
        return found;
    }

    /// Checks the data with schema.org's vocabulary, which `interop/schema.mjs` reads from `@vocabulary/schema`:
    /// types and properties exist, belong together, and the values have a type that the property accepts.
    @Test
    void whatPagesTellSearchEnginesIsInSchemaOrgsVocabulary() throws IOException {
        try (var vocabulary = NodeProgram.start("schema.mjs")) {
            assertThat(vocabulary.ask("{\"@type\":\"Event\",\"startsAt\":\"x\"}"))
                    .contains("no property startsAt");
            var faults = new HashSet<String>();
            for (var address : sitemap.keySet()) {
                for (var told : page(path(address)).select("script[type=application/ld+json]")) {
                    faults.add(vocabulary.ask(told.data().replace('\n', ' ')));
                }
            }
            assertThat(faults).containsExactly("[]");
        }
    }

    @Test
    void aPartOfTheSitemapThatIsNotThereIsNotFound() {
        for (var part : List.of("zz", "0", "01", "2", "99999999999999", "")) {
            assertThat(instance.get("/sitemap.xml?part=" + part).statusCode())
                    .as(part)
                    .isEqualTo(404);
        }
        assertThat(instance.get("/sitemap.xml?part=1").statusCode()).isEqualTo(200);
    }

    @Test
    void theSitemapHoldsEveryPublicPageInEveryLanguageAndNoOther() {
        assertThat(sitemap.keySet())
                .extracting(SearchEngineTest::path)
                .contains(
                        "/",
                        "/?lang=es",
                        "/privacy?lang=en",
                        "/k/sanctuary-campus",
                        "/k/sanctuary-campus/answers?lang=es",
                        "/c/tufts.edu?lang=es",
                        "/p/tufts-sanctuary",
                        "/p/tufts-sanctuary/record",
                        "/a/usc-ucla-walkout?lang=en",
                        "/l/electors?lang=es",
                        "/a/evening-walk",
                        "/c/harbor.example")
                .noneMatch(path -> path.startsWith("/mine") || path.startsWith("/demo") || path.contains("/sign"));
        assertThat(sitemap.values())
                .allSatisfy(listed -> assertThat(listed.languages()).containsOnlyKeys("en", "es", "x-default"));
        assertThat(sitemap.entrySet().stream().filter(one -> one.getKey().contains("/p/")))
                .allSatisfy(one -> assertThat(one.getValue().changed()).matches("20..-..-..T.*Z"));
        assertThat(TestInstance.text(instance.get("/robots.txt")))
                .contains("User-agent: *\n")
                .contains("Sitemap: http://localhost")
                .contains("/sitemap.xml");
        assertThat(instance.get("/sitemap.xml?part=1").statusCode()).isEqualTo(200);
        assertThat(instance.get("/sitemap.xml?part=2").statusCode()).isEqualTo(404);
    }

    /// The link-preview check.
    @Test
    void everyPublicPageHasATitleADescriptionItsOwnAddressAndAPicture() throws Exception {
        var pictures = new HashSet<String>();
        for (var listed : sitemap.entrySet()) {
            var address = listed.getKey();
            var page = page(path(address));
            var language = language(page);
            assertThat(page.title()).as(address).matches("(?s).{3,} · Undersigned");
            assertThat(meta(page, "description")).as(address).hasSizeBetween(50, 160);
            assertThat(page.select("link[rel=canonical]").eachAttr("href")).containsExactly(address);
            assertThat(page.select("meta[name=robots]")).isEmpty();
            assertThat(languages(page)).isEqualTo(listed.getValue().languages());
            assertThat(meta(page, "og:url")).isEqualTo(address);
            assertThat(meta(page, "og:title") + " · Undersigned").isEqualTo(page.title());
            assertThat(meta(page, "og:description")).isEqualTo(meta(page, "description"));
            assertThat(meta(page, "og:site_name")).isEqualTo("Undersigned");
            assertThat(meta(page, "og:type")).isEqualTo("website");
            assertThat(meta(page, "og:locale")).isEqualTo(language + "_US");
            assertThat(meta(page, "og:image")).endsWith("/card.png?lang=" + language);
            assertThat(meta(page, "og:image:width") + "x" + meta(page, "og:image:height"))
                    .isEqualTo("1200x630");
            assertThat(meta(page, "og:image:alt")).isNotBlank();
            assertThat(meta(page, "twitter:card")).isEqualTo("summary_large_image");
            assertThat(meta(page, "twitter:image")).isEqualTo(meta(page, "og:image"));
            pictures.add(path(meta(page, "og:image")));
        }
        for (var picture : pictures) check(picture);
        assertThat(pictures).hasSizeGreaterThan(40);
    }

    /// Follows every link from the start page, in both languages: a page that is not in the sitemap has `noindex`.
    @Test
    void everyPageThatLinksLeadToIsListedOrSaysThatItIsNot() throws Exception {
        var listed = sitemap().keySet().stream().map(SearchEngineTest::path).collect(Collectors.toSet());
        var seen = new LinkedHashSet<>(List.of("/?lang=en", "/?lang=es"));
        var unlisted = new TreeSet<String>();
        for (var waiting = new ArrayDeque<>(seen); !waiting.isEmpty(); ) {
            var path = waiting.remove();
            if (Pattern.compile("/(demo|assets)/|/c/(?!tufts|usc|harbor)|[.](pdf|ics|png|svg|json|jsonl|csv|atom)")
                    .matcher(path)
                    .find()) continue;
            var response = instance.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            if (!response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) continue;
            var page = document(response);
            assertThat(page.title()).as(path).matches("(?s).{3,} · Undersigned");
            assertThat(meta(page, "description")).as(path).hasSizeBetween(50, 160);
            assertThat(meta(page, "og:image")).as(path).contains("/card.png");
            var picture = path(meta(page, "og:image"));
            var above = picture.substring(0, picture.indexOf("/card.png"));
            var own = document(instance.get((above.isEmpty() ? "/privacy" : above) + "?lang=" + language(page)));
            assertThat(meta(page, "og:image:alt")).as(path).isEqualTo(meta(own, "og:image:alt"));
            if (page.select("meta[name=robots][content=noindex]").isEmpty()) {
                assertThat(listed).contains(path.replaceAll("[?&](q|rules|from)=[^&]*", ""));
            } else {
                unlisted.add(path.replaceAll("[?].*", "")
                        .replaceAll("^/[pal]/[^/]+", "")
                        .replaceAll("^/k/[^/]+", "")
                        .replaceAll("^/c/[^/]+(?=/)", ""));
            }
            for (var link : page.select("a[href^=/]").eachAttr("href")) {
                var next = link.replaceAll("#.*", "");
                if (seen.add(next)) waiting.add(next);
            }
        }
        assertThat(listed.stream().filter(path -> path.matches("/(k|p|a|l)/lantern.*[?]lang=en")))
                .isSubsetOf(seen);
        assertThat(unlisted).containsExactlyInAnyOrder("/mine", "/sign", "/book", "/paper", "/subscribe");
    }

    private static void check(String picture) throws IOException {
        var response = instance.get(picture);
        assertThat(response.statusCode()).as(picture).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(response.body().length).as(picture).isBetween(5_000, 300_000);
        var info = Imaging.getImageInfo(response.body());
        assertThat(info.getWidth() + "x" + info.getHeight()).as(picture).isEqualTo("1200x630");
        assertThat(info.getFormatName()).containsIgnoringCase("png");
        var directory = System.getenv("UNDERSIGNED_SCREENSHOTS");
        if (directory != null) {
            Files.write(Path.of(directory, picture.replaceAll("[^A-Za-z0-9]+", "-") + ".png"), response.body());
        }
    }

    @Test
    void pagesForOneReaderAreNotListedButCanBePreviewed() {
        for (var path : List.of("/mine", "/demo/inbox", "/p/tufts-sanctuary/sign", "/a/evening-walk/sign")) {
            var page = page(path);
            assertThat(meta(page, "robots")).isEqualTo("noindex");
            assertThat(page.select("link[rel=canonical], link[hreflang], script[type=application/ld+json]"))
                    .as(path)
                    .isEmpty();
            assertThat(meta(page, "og:title")).isNotBlank();
        }
        assertThat(meta(page("/p/tufts-sanctuary/sign?lang=en"), "og:image"))
                .endsWith("/p/tufts-sanctuary/card.png?lang=en");
        assertThat(meta(document(instance.get("/nowhere", "Accept", "text/html")), "robots"))
                .isEqualTo("noindex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void thePictureSaysInItsLanguageWhatIsCounted(String language) {
        var spanish = language.equals("es");
        var words = meta(page(TestInstance.TUFTS + "?lang=" + language), "og:image:alt");

        assertThat(words)
                .startsWith("Tufts University · ")
                .contains(spanish ? ": 10 firmas" : ": 10 signatures")
                .contains(spanish ? "Recuento del " : "Counted on ")
                .contains(spanish ? "que son programas, no personas" : "which are programs, not people");
        assertThat(meta(page("/k/sanctuary-campus?lang=" + language), "og:image:alt"))
                .contains(spanish ? "10 firmas de miembros de los campus" : "10 signatures of campus members");
        assertThat(meta(page("/c/tufts.edu?lang=" + language), "og:image:alt")).contains(": 10 ");
        assertThat(meta(page("/p/usc-sanctuary?lang=" + language), "og:image:alt"))
                .as("nothing is published")
                .doesNotContain(spanish ? "Recuento" : "Counted");
        assertThat(meta(page("/a/teach-in?lang=" + language), "og:image:alt"))
                .contains(spanish ? "Acción cancelada" : "Cancelled");
        assertThat(instance.get(TestInstance.TUFTS + "/card.png?lang=" + language)
                        .body())
                .isEqualTo(instance.get(TestInstance.TUFTS + "/card.png", "Accept-Language", language)
                        .body())
                .isNotEqualTo(instance.get(TestInstance.TUFTS + "/card.png?lang=" + (spanish ? "en" : "es"))
                        .body());
    }

    @Test
    void aPictureIsForEverybodyAndForAFewMinutes() {
        var card = instance.get(TestInstance.TUFTS + "/card.png?lang=en");
        assertThat(card.headers().firstValue("Cache-Control")).contains("public, max-age=300");
        assertThat(card.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
        assertThat(card.headers().firstValue("Vary"))
                .hasValueSatisfying(vary -> assertThat(vary).contains("Accept-Language"));
        var tag = card.headers().firstValue("ETag").orElseThrow();
        assertThat(instance.get(TestInstance.TUFTS + "/card.png?lang=en", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        for (var nothing : List.of("/p/none/card.png", "/c/none.example/card.png", "/k/none/card.png")) {
            assertThat(instance.get(nothing).statusCode()).as(nothing).isEqualTo(404);
        }
        assertThat(instance.get("/icon.png").headers().firstValue("Content-Type"))
                .contains("image/png");
        assertThat(instance.get("/icon.svg").headers().firstValue("Content-Type"))
                .contains("image/svg+xml");
    }

    // schema.org

    /// Returns a page's data after JSON-LD expansion, by type name without the vocabulary's address.
    private static Map<String, List<JsonObject>> jsonLdByType(String path) {
        return expanded(data(page(path)));
    }

    private static Map<String, List<JsonObject>> expanded(String data) {
        var options = new JsonLdOptions((url, _) -> {
            assertThat(url.toString()).isEqualTo("https://schema.org");
            try (var context = Files.newBufferedReader(Path.of("src/test/resources/schema/context.json"))) {
                return JsonDocument.of(context);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
        try {
            var found = new HashMap<String, List<JsonObject>>();
            collect(
                    JsonLd.expand(JsonDocument.of(new StringReader(data)))
                            .options(options)
                            .get(),
                    found);
            return found;
        } catch (JsonLdError e) {
            throw new AssertionError(data, e);
        }
    }

    private static void collect(JsonValue value, Map<String, List<JsonObject>> to) {
        if (value instanceof JsonArray array) array.forEach(one -> collect(one, to));
        if (!(value instanceof JsonObject object)) return;
        if (object.containsKey("@type") && object.get("@type") instanceof JsonArray types) {
            types.forEach(type -> to.computeIfAbsent(
                            type.toString().replace("\"", "").replace(SCHEMA, ""), _ -> new ArrayList<>())
                    .add(object));
        }
        object.values().forEach(one -> collect(one, to));
    }

    /// The values of a property, as text.
    private static List<String> values(JsonObject of, String property) {
        var values = of.getJsonArray(SCHEMA + property);
        if (values == null) return List.of();
        return values.stream()
                .map(JsonValue::asJsonObject)
                .map(one -> Objects.requireNonNullElse(one.get("@value"), one.get("@id")))
                .map(one -> one instanceof jakarta.json.JsonString text ? text.getString() : String.valueOf(one))
                .toList();
    }

    private static List<JsonObject> all(Map<String, List<JsonObject>> things, String type) {
        return things.getOrDefault(type, List.of());
    }

    private static JsonObject only(Map<String, List<JsonObject>> things, String type) {
        var found = all(things, type);
        assertThat(found).as(type).hasSize(1);
        return found.getFirst();
    }

    private static JsonObject inside(JsonObject of, String property) {
        return of.getJsonArray(SCHEMA + property).getJsonObject(0);
    }

    @Test
    void everyPageTellsWhatItIsInTermsThatThereAre() {
        for (var address : sitemap.keySet()) {
            var page = page(path(address));
            var things = expanded(data(page));
            var web = only(things, "WebPage");
            assertThat(values(web, "url")).containsExactly(address);
            assertThat(values(web, "name")).containsExactly(meta(page, "og:title"));
            assertThat(values(web, "inLanguage")).containsExactly(language(page));
            assertThat(values(only(things, "WebSite"), "name")).containsExactly("Undersigned");
            assertThat(all(things, "Organization")).isNotEmpty();
            assertThat(values(inside(web, "primaryImageOfPage"), "url")).containsExactly(meta(page, "og:image"));
            if (!path(address).matches("/(\\?.*)?")) {
                var trail = inside(only(things, "BreadcrumbList"), "itemListElement");
                assertThat(values(trail, "position")).containsExactly("1");
                var steps = all(things, "ListItem");
                assertThat(values(steps.getLast(), "item")).containsExactly(address);
            }
        }
    }

    @Test
    void aPetitionTellsItsWordsAndOnlyANumberThatMayBeShown() {
        var things = jsonLdByType(TestInstance.TUFTS + "?lang=en");
        var petition = only(things, "CreativeWork");
        assertThat(petition.getString("@id")).endsWith("/p/tufts-sanctuary#petition");
        assertThat(values(petition, "text").getFirst()).contains("Tufts");
        assertThat(values(petition, "isPartOf").getFirst()).endsWith("/k/sanctuary-campus#campaign");
        var counter = only(things, "InteractionCounter");
        assertThat(values(counter, "userInteractionCount")).containsExactly("10");
        assertThat(values(counter, "name").getFirst()).contains("Members");
        assertThat(values(counter, "description").getFirst()).contains("programs, not people");
        assertThat(things).containsKey("EndorseAction");

        assertThat(jsonLdByType("/p/usc-sanctuary")).doesNotContainKey("InteractionCounter");
        assertThat(jsonLdByType("/p/lantern-lights")).doesNotContainKey("InteractionCounter");
        var crumbs = all(things, "ListItem");
        assertThat(crumbs).hasSize(4);
        assertThat(values(crumbs.get(2), "name")).containsExactly("Tufts University");
    }

    @Test
    void anActionOfTheDemonstrationIsAnEventWithTheDayAndThePlacesThatAreReported() {
        var things = jsonLdByType("/a/usc-ucla-walkout?lang=en");
        var event = only(things, "Event");
        assertThat(values(event, "startDate")).containsExactly("2016-11-16T15:00:00-08:00");
        assertThat(values(event, "endDate")).containsExactly("2016-11-16T16:00:00-08:00");
        assertThat(values(event, "eventStatus")).containsExactly("https://schema.org/EventScheduled");
        assertThat(values(event, "eventAttendanceMode"))
                .containsExactly("https://schema.org/OfflineEventAttendanceMode");
        var places = event.getJsonArray(SCHEMA + "location").getValuesAs(JsonObject.class);
        assertThat(places)
                .allSatisfy(place -> assertThat(inside(place, "address")).isNotEmpty());
        assertThat(values(event, "description").getFirst()).contains("Hahn Plaza");
        assertThat(places)
                .extracting(place -> values(place, "name").getFirst())
                .first()
                .asString()
                .contains("Southern California");
        assertThat(values(inside(places.getFirst(), "address"), "addressLocality"))
                .containsExactly("Los Angeles");
        assertThat(values(inside(places.getFirst(), "address"), "addressRegion"))
                .containsExactly("CA");
        assertThat(Double.parseDouble(
                        values(inside(places.getFirst(), "geo"), "latitude").getFirst()))
                .isBetween(33.9, 34.2);
        assertThat(event.getJsonArray(SCHEMA + "organizer")).isNotEmpty();

        var campaign = only(jsonLdByType("/k/sanctuary-campus?lang=en"), "CreativeWork");
        assertThat(campaign.getJsonArray(SCHEMA + "author").getValuesAs(JsonObject.class))
                .extracting(author -> values(author, "name").getFirst())
                .containsExactly("Movimiento Cosecha");
        assertThat(values(campaign, "abstract"))
                .containsExactly("Permanent protection, respect and dignity of all immigrants.");
        assertThat(values(only(jsonLdByType("/c/tufts.edu"), "CollegeOrUniversity"), "name"))
                .containsExactly("Tufts University");
    }

    @Test
    void aMovedActionTellsWhenItWasToBeginAndACancelledOneThatItIs() {
        var moved = only(jsonLdByType("/a/evening-walk?lang=es"), "Event");
        assertThat(values(moved, "eventStatus")).containsExactly("https://schema.org/EventRescheduled");
        assertThat(values(moved, "previousStartDate")).containsExactly("2040-11-16T18:00:00-07:00");
        assertThat(values(moved, "startDate")).containsExactly("2040-11-16T18:30:00-07:00");
        assertThat(values(moved, "endDate")).containsExactly("2040-11-16T20:00:00-07:00");
        assertThat(values(moved, "name").getFirst()).startsWith("Marcha de la tarde");
        assertThat(values(moved, "description").getFirst()).contains("Puerta vieja; ", "Puente del río.");
        assertThat(jsonLdByType("/a/evening-walk")).doesNotContainKey("InteractionCounter");

        var cancelled = only(jsonLdByType("/a/teach-in"), "Event");
        assertThat(values(cancelled, "eventStatus")).containsExactly("https://schema.org/EventCancelled");
        assertThat(values(cancelled, "previousStartDate")).isEmpty();
        assertThat(values(cancelled, "startDate")).containsExactly("2040-11-17");
    }

    @Test
    void wordsThatLookLikeMarkupStayWordsInABrowserAndTheScriptPolicyHolds(@TempDir Path directory) throws Exception {
        var title =
                "</sCRIPT ><img src=/x onerror=\\\"document.title=1\\\"><!--<script>alert(1) & \\u2028 🏳️‍🌈 Ñandú";
        var changed = ExampleCampaign.document()
                .replace("\"slug\": \"lantern-walk\"", "\"slug\": \"evil-walk\"")
                .replace("\"slug\": \"teach-in\"", "\"slug\": \"evil-teach-in\"") // the kind `teach-in` stays
                .replace("\"en\": \"Lights for Lantern College\"", "\"en\": \"" + title + "\"");
        assertThat(changed).contains("sCRIPT");
        var slugs = Map.of(
                "lantern-lights", "evil-lights",
                "evening-walk", "evil-walk-on",
                "first-walk", "evil-first-walk",
                "regents", "evil-regents");
        for (var slug : slugs.entrySet())
            changed = changed.replace("\"" + slug.getKey() + "\"", "\"" + slug.getValue() + "\"");
        var document = directory.resolve("evil.json");
        Files.writeString(document, changed);
        instance.importCampaign(document, "/p/evil-lights");

        try (var browser = new TestBrowser()) {
            var page = browser.person(TestBrowser.Screen.PHONE, "en");
            var complaints = new ArrayList<String>();
            page.onConsoleMessage((ConsoleMessage message) -> {
                if (message.type().equals("error") || message.text().contains("Content Security")) {
                    complaints.add(message.text());
                }
            });
            page.navigate(instance.url("/p/evil-lights?lang=en").toString());
            var names = page.evaluate(
                    "() => JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
                            + "['@graph'].filter(one => one['@type'] === 'CreativeWork').map(one => one.name)");
            assertThat(names.toString()).contains("</sCRIPT ><img src=/x onerror=\"document.title=1\"><!--<script>");
            assertThat(page.evaluate("() => document.images.length + document.querySelectorAll('[onerror]').length"))
                    .isEqualTo(0);
            assertThat(page.title()).contains("</sCRIPT >").endsWith("Undersigned");
            assertThat(complaints).isEmpty();
            assertThat(only(jsonLdByType("/p/evil-lights?lang=en"), "WebPage")).isNotNull();
            check("/p/evil-lights/card.png?lang=en");
            page.navigate(instance.url("/p/evil-lights/card.png?lang=en").toString());
            assertThat(page.evaluate("() => document.images[0].naturalWidth + 'x' + document.images[0].naturalHeight"))
                    .isEqualTo("1200x630");
        }
    }
}
