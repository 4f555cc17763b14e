package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.record.BoxId;
import org.undersigned.server.support.HostileCampaign;
import org.undersigned.server.support.OpenApiDocument;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON API. [CheckedClient] also checks every response against /openapi.json, as in all tests.
final class ApiTest {
    private static final String DEMO = "/api/v1/campaigns/sanctuary-campus";
    private static final String WALK = "/api/v1/campaigns/lantern-walk";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    private static String read(String path) {
        var response = instance.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return TestInstance.text(response);
    }

    private static <T> T read(String path, String jsonPath) {
        return JsonPath.read(read(path), jsonPath);
    }

    private static String absoluteUrl(String path) {
        return instance.publicUrl() + path;
    }

    private static String pathOf(String url) {
        assertThat(url).startsWith(absoluteUrl("/"));
        return url.substring(absoluteUrl("").length());
    }

    // The OpenAPI description

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        var routes = new TreeSet<String>();
        var heads = new TreeSet<String>();
        for (var route : instance.routes()) {
            var path = route.path().replace("{+", "{");
            if (route.method().equals("HEAD")) heads.add("GET " + path);
            else routes.add(route.method() + " " + path);
        }

        assertThat(OpenApiDocument.DOCUMENT.operations()).isEqualTo(routes);
        routes.removeIf(one -> !one.startsWith("GET "));
        assertThat(heads).isEqualTo(routes); // "A HEAD is answered as the GET"
    }

    @Test
    void theDescriptionIsServedAndOthersReadItWithoutAFault() {
        assertThat(instance.get("/openapi.json").body()).isEqualTo(OpenApiDocument.bytes());

        var options = new ParseOptions();
        options.setResolve(true);
        var read = new OpenAPIV3Parser().readContents(read("/openapi.json"), List.of(), options);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getOpenapi()).startsWith("3.1");
        assertThat(read.getOpenAPI().getPaths()).containsKeys("/api/v1/boxes/{box}", "/log/box/{box}/tile/{tile}");
    }

    @Test
    void theDescriptionIsAsTheOpenApiInitiativesOwnSchemaWants() throws Exception {
        try (var in = ApiTest.class.getResourceAsStream("/openapi-3.1.schema.json")) {
            var schema = new JsonMapper().readTree(in);
            assertThat(OpenApiDocument.DOCUMENT.faultsAgainst(schema, read("/openapi.json")))
                    .isEmpty();
            assertThat(OpenApiDocument.DOCUMENT.faultsAgainst(schema, "{\"openapi\": \"3.1.0\"}"))
                    .isNotEmpty();
        }
    }

    @Test
    void everyJsonAnswerHasAnExampleThatIsTrueToItsSchema() {
        assertThat(OpenApiDocument.DOCUMENT.withoutExample()).isEmpty();
        assertThat(OpenApiDocument.DOCUMENT.faultsOfExamples()).isEmpty();
    }

    @Test
    void ofEveryJsonAnswerItsMembersAreDescribed() {
        assertThat(OpenApiDocument.DOCUMENT.withoutMembers()).isEmpty();
    }

    /// The table lists every code of the OpenAPI document, and every response is checked against that document.
    /// So a client that knows the table knows every code that the tests received.
    @Test
    void everyProblemIsExplained() throws IOException {
        var explained = new ArrayList<String>();
        try (var lines = Files.lines(Path.of("../docs/INTERFACES.md"))) {
            lines.dropWhile(line -> !line.startsWith("| code |"))
                    .takeWhile(line -> line.startsWith("|"))
                    .skip(2)
                    .map(line -> line.split("`")[1])
                    .forEach(code ->
                            explained.add(code.startsWith("https:") ? code : "urn:undersigned:problem:" + code));
        }
        var schema = new JsonMapper()
                .readTree(OpenApiDocument.bytes())
                .at("/components/schemas/Problem/properties/type/enum");

        assertThat(schema.valueStream().map(JsonNode::stringValue)).containsExactlyInAnyOrderElementsOf(explained);
    }

    @Test
    void aMethodThatAnAddressDoesNotHaveIsRefusedAsDescribed() {
        var refused = instance.send("DELETE", "/api/v1/boxes");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    }

    @Test
    void theOpenApiCheckerReportsDeviations() {
        var index = instance.get("/api/v1");

        assertThat(OpenApiDocument.DOCUMENT.faults("GET", "/api/v1", index)).isEmpty();
        assertThat(OpenApiDocument.DOCUMENT.faults("GET", "/api/v1/boxes", index))
                .isNotEmpty(); // another schema
        assertThat(OpenApiDocument.DOCUMENT.faults("GET", "/privacy", index)).isNotEmpty(); // another media type
        assertThat(OpenApiDocument.DOCUMENT.faults("POST", "/roll/tufts.edu/code", index))
                .isNotEmpty(); // another status
        assertThat(OpenApiDocument.DOCUMENT.faults("POST", "/api/v1", index)).isNotEmpty(); // another method
        assertThat(OpenApiDocument.DOCUMENT.faults("GET", "/nowhere", index)).isNotEmpty(); // another address
        var without = HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (_, _) -> true);
        assertThat(OpenApiDocument.DOCUMENT.faults("GET", "/api/v1", 200, without, index.body()))
                .containsExactly("no header ETag", "no header Last-Modified");
        assertThat(OpenApiDocument.DOCUMENT.faults("POST", "/api/v1", 405, without, index.body()))
                .isNotEmpty(); // no Allow header
    }

    // The content

    @Test
    void byFollowingLinksFromTheIndexAProgramReachesEverything() {
        var reached = new TreeSet<String>();
        var ahead = new ArrayList<>(List.of("/api/v1"));
        while (!ahead.isEmpty()) {
            var path = ahead.removeLast();
            if (!reached.add(path)) continue;
            var response = instance.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            if (!path.startsWith("/api/v1")) continue; // other paths only have to return 200
            for (Object link : JsonPath.<List<Object>>read(TestInstance.text(response), "$..links")) links(link, ahead);
        }

        for (var lists : Map.of(DEMO, List.of(12, 5, 9, 1, 0, 14), WALK, List.of(3, 1, 3, 1, 4, 4))
                .entrySet()) {
            var words = List.of("campuses", "petitions", "actions", "letters", "answers", "figures");
            for (var i = 0; i < words.size(); i++) {
                var list = lists.getKey() + "/" + words.get(i);
                assertThat(reached.stream().filter(path -> path.startsWith(list + "/")))
                        .as(list)
                        .hasSize(lists.getValue().get(i));
            }
        }
        assertThat(reached.stream().filter(path -> path.startsWith("/log/box/")))
                .hasSizeGreaterThan(5);
    }

    private static void links(Object node, List<String> to) {
        if (node instanceof Map<?, ?> map) map.values().forEach(one -> links(one, to));
        if (node instanceof List<?> list) list.forEach(one -> links(one, to));
        if (node instanceof String url && !url.endsWith("/")) to.add(pathOf(url));
    }

    @Test
    void theDemonstrationIsReadInBothLanguages() {
        var campaign = read(DEMO);
        assertThat(JsonPath.<String>read(campaign, "$.name.es")).isEqualTo("Campus Santuario");
        assertThat(JsonPath.<String>read(campaign, "$.hashtag")).isEqualTo("#SanctuaryCampus");
        assertThat(JsonPath.<List<Object>>read(campaign, "$.demands[*]")).hasSize(10);
        assertThat(JsonPath.<List<String>>read(campaign, "$.conveners[*].name")).containsExactly("Movimiento Cosecha");

        var petition = read(DEMO + "/petitions/tufts-sanctuary");
        assertThat(JsonPath.<String>read(petition, "$.title.en")).isEqualTo("Make Tufts University a sanctuary campus");
        assertThat(JsonPath.<List<Integer>>read(petition, "$.demands")).containsExactly(1, 7);
        assertThat(JsonPath.<String>read(petition, "$.url")).isEqualTo(absoluteUrl("/p/tufts-sanctuary"));
        assertThat(JsonPath.<String>read(petition, "$.note.en")).startsWith("Wording written for this demonstration");
        assertThat(JsonPath.<String>read(petition, "$.source")).isEqualTo("W");
        assertThat(JsonPath.<String>read(campaign, "$.aim_from[0].source")).isEqualTo("W");
        assertThat(JsonPath.<String>read(campaign, "$.sources[2].notes[0].en")).startsWith("No byline");

        var words = JsonPath.<List<String>>read(read(DEMO + "/figures"), "$.items[*].words");
        assertThat(words).contains("more than 2,600", "between 10 and 15", "a mob");
    }

    @Test
    void aFigureHasItsWordsItsSourceAndWhatNamedRulesMakeOfIt() {
        var figures = read(DEMO + "/figures");
        var of = "$.items[?(@.words == 'more than 2,600')]";

        assertThat(JsonPath.<List<String>>read(figures, of + ".measure")).containsExactly("signed");
        assertThat(JsonPath.<List<String>>read(figures, of + ".source")).containsExactly("W");
        assertThat(JsonPath.<List<Integer>>read(figures, of + ".bounds[?(@.rules == 'as-printed')].low"))
                .containsExactly(2600);
        assertThat(JsonPath.<List<Object>>read(figures, of + ".bounds[?(@.rules == 'as-printed')].high"))
                .containsExactly((Object) null);
        var millions = "$.items[?(@.words == 'an estimated 11 million')].as_of";
        assertThat(JsonPath.<List<String>>read(figures, millions)).containsExactly("2015-08"); // a month only
        var undated = "$.items[?(@.words == '156,000')].as_of";
        assertThat(JsonPath.<List<Object>>read(figures, undated)).containsExactly((Object) null);
        var hundreds = "$.items[?(@.words == 'hundreds')].bounds[?(@.rules == 'ccc')].low";
        assertThat(JsonPath.<List<Integer>>read(read(WALK + "/figures"), hundreds))
                .containsExactly(200);
    }

    @Test
    void anActionAnAnswerALetterAndACampusAreReadWhole() {
        var walk = read(WALK + "/actions/evening-walk");
        assertThat(JsonPath.<String>read(walk, "$.starts")).isEqualTo("2040-11-17T01:30:00Z"); // 18:30 in Denver
        assertThat(JsonPath.<String>read(walk, "$.ends")).isEqualTo("2040-11-17T03:00:00Z");
        assertThat(JsonPath.<List<Object>>read(walk, "$.stops")).hasSize(3);
        assertThat(JsonPath.<String>read(walk, "$.state")).isEqualTo("changed");
        assertThat(JsonPath.<List<Object>>read(walk, "$.changes[?(@.was != null)]"))
                .isNotEmpty();

        var answers = read(WALK + "/answers");
        var partial = "$.items[?(@.status == 'partial')]";
        assertThat(JsonPath.<List<String>>read(answers, partial + ".history[0].words.en")
                        .getFirst())
                .contains("We will light the north path");
        assertThat(JsonPath.<List<String>>read(answers, partial + ".history[0].evidence.sha256")
                        .getFirst())
                .startsWith("2c26b46b68ffc68f");

        var letter = read(WALK + "/letters/regents");
        assertThat(JsonPath.<List<String>>read(letter, "$.recipients[*].name")).contains("A. Example");

        var campus = read(WALK + "/campuses/harbor.example");
        assertThat(JsonPath.<String>read(campus, "$.chapter.name.es")).isEqualTo("Faroles de Harbor");
        assertThat(JsonPath.<List<String>>read(campus, "$.domains")).containsExactly("harbor.example", "hu.example");
        assertThat(JsonPath.<List<Object>>read(campus, "$.labels")).isNotEmpty();
        assertThat(JsonPath.<List<Object>>read(campus, "$.meetings")).isNotEmpty();
    }

    @Test
    void aCountIsToldFromTenOnWithTheCheckpointThatProvesIt() {
        var petition = DEMO + "/petitions/tufts-sanctuary";
        Map<String, Object> before = read(petition, "$.counted.classes[0]");
        assertThat(before).containsEntry("count", null).containsEntry("fewer_than", 10);
        assertThat(JsonPath.<Object>read(read(petition), "$.counted.size")).isNull(); // it would reveal the count
        String url = read(petition, "$.links.box");
        var checkpoint = TestInstance.text(instance.get(pathOf(read(pathOf(url), "$.links.checkpoint"))));
        assertThat(OsdiTest.names(read("/osdi/v1/petitions/tufts-sanctuary"))).doesNotContain("total_signatures");

        for (var i = 0; i < 3; i++) instance.person().drawBook().cast(1);
        instance.crowd(9);
        var counted = (int) instance.published(10); // entries cast after the batch wait for the next one

        var box = read(pathOf(url));
        assertThat(JsonPath.<String>read(box, "$.checkpoint")).isNotEqualTo(checkpoint);
        assertThat(JsonPath.<String>read(box, "$.checkpoint"))
                .isEqualTo(TestInstance.text(instance.get(pathOf(JsonPath.read(box, "$.links.checkpoint")))));
        Map<String, Object> cls = JsonPath.read(box, "$.classes[0]");
        assertThat(cls)
                .containsEntry("name", "member")
                .containsEntry("count", counted)
                .doesNotContainKey("fewer_than");
        assertThat(JsonPath.<List<Object>>read(box, "$.classes[0].affiliations[?(@.name != null)].count"))
                .hasSize(4)
                .containsOnlyNulls(); // a count of three is not shown
        var report = instance.recountOf(BoxId.of(JsonPath.read(box, "$.id")));
        assertThat(report.count("member")).isEqualTo(counted);
        assertThat(JsonPath.<Integer>read(box, "$.size")).isEqualTo(counted + 1); // leaf 0 is the manifest
        assertThat(JsonPath.<Integer>read(read("/osdi/v1/petitions/tufts-sanctuary"), "$.total_signatures"))
                .isEqualTo(counted);
    }

    // Paging, errors, caching and CORS

    @Test
    void aListIsReadPageByPageWithoutLossOrRepetition() {
        var seen = new ArrayList<String>();
        var pages = 0;
        var next = DEMO + "/campuses?page_size=5";
        while (next != null) {
            var response = instance.get(next);
            var body = TestInstance.text(response);
            seen.addAll(JsonPath.<List<String>>read(body, "$.items[*].id"));
            assertThat(JsonPath.<Integer>read(body, "$.total")).isEqualTo(12);
            String url = JsonPath.read(body, "$.links.next");
            var link = response.headers().firstValue("Link").orElseThrow();
            assertThat(link).contains("<" + absoluteUrl(DEMO + "/campuses?page_size=5") + ">; rel=\"first\"");
            if (url != null) assertThat(link).contains("<" + url + ">; rel=\"next\"");
            else assertThat(link).doesNotContain("rel=\"next\"");
            next = url == null ? null : pathOf(url);
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(12).doesNotHaveDuplicates().isEqualTo(read(DEMO + "/campuses", "$.items[*].id"));
    }

    /// A changed text replaces the old box by a new box while a client reads page by page.
    @Test
    void pagingContinuesAfterARemovedBox(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("risky.json"), HostileCampaign.DOCUMENT);
        instance.importCampaign(file, "/p/risky-petition");
        var old = boxOfRisky();
        Files.writeString(file, HostileCampaign.DOCUMENT.replace("=Text", "=Other words"));
        instance.importCampaign(file);
        for (var attempt = 0; boxOfRisky().equals(old); attempt++) {
            if (attempt == 600) throw new AssertionError("the new words have no box");
            TestInstance.sleep(50);
        }

        var rest = JsonPath.<List<String>>read(read("/api/v1/boxes?after=" + old), "$.items[*].id");
        var all = JsonPath.<List<String>>read(read("/api/v1/boxes"), "$.items[*].id");

        assertThat(all).isSorted().doesNotContain(old);
        assertThat(rest)
                .isEqualTo(all.stream().filter(id -> id.compareTo(old) > 0).toList());
    }

    /// Returns the id of the petition's open box; empty after the old box closes and before the new one opens.
    private static List<String> boxesOfRisky() {
        return JsonPath.read(read("/api/v1/boxes"), "$.items[?(@.path == '/p/risky-petition')].id");
    }

    private static String boxOfRisky() {
        for (var attempt = 0; attempt < 600; attempt++) {
            var ids = boxesOfRisky();
            if (!ids.isEmpty()) return ids.getFirst();
            TestInstance.sleep(50);
        }
        throw new AssertionError("it has no box");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/boxes?page_size=0, page_size",
        "/api/v1/boxes?page_size=101, page_size",
        "/api/v1/boxes?page_size=07, page_size",
        "/api/v1/boxes?page_size=ten, page_size",
        "/api/v1/boxes?page_size=, page_size",
        "/api/v1/boxes?page_size=5&page_size=6, page_size",
        "/api/v1/boxes?after=nothing, after",
        "/api/v1/boxes?pagesize=5, pagesize",
        "/api/v1?x=1, x",
        "/api/v1/campaigns/sanctuary-campus?lang=es, lang",
        "/osdi/v1?lang=fr, lang",
        "/osdi/v1/events?page=0, page",
        "/osdi/v1/events?page=9999, page",
        "/osdi/v1/events?per_page=26, per_page",
        "/osdi/v1/events/evening-walk?page=1, page"
    })
    void aWrongParameterIsNamed(String path, String field) {
        var refused = instance.get(path);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JsonPath.<String>read(TestInstance.text(refused), "$.field")).isEqualTo(field);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1/campaigns/nobody",
                "/api/v1/campaigns/nobody/petitions",
                DEMO + "/petitions/nobody",
                DEMO + "/figures/1",
                "/api/v1/boxes/nobody",
                "/osdi/v1/people",
                "/osdi/v1/petitions/nobody",
                "/osdi/v1/petitions/tufts-sanctuary/signatures"
            })
    void whatIsNotThereIsAProblem(String path) {
        assertThat(instance.get(path).statusCode()).isEqualTo(404);
        assertThat(TestInstance.problem(instance.get(path))).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1",
                DEMO,
                DEMO + "/campuses",
                "/api/v1/boxes?page_size=2",
                "/openapi.json",
                "/osdi/v1/events"
            })
    void whoHasItIsNotSentItAgainAndAHeadEqualsItsGet(String path) {
        var get = instance.get(path);
        var etag = get.headers().firstValue("ETag").orElseThrow();
        var head = instance.head(path);

        assertThat(instance.get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
        assertThat(get.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    private static Map<String, List<String>> withoutDate(HttpResponse<?> response) {
        var headers = new java.util.TreeMap<>(response.headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    void corsAllowsReadsFromOtherOrigins() {
        for (var route : instance.routes()) {
            if (!route.method().equals("OPTIONS")) continue;
            var path = route.path().replaceAll("\\{.*?}", "x");
            var asked = instance.send(
                    "OPTIONS", path, "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "GET");
            assertThat(asked.statusCode()).as(path).isEqualTo(204);
            assertThat(asked.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(asked.headers().firstValue("Access-Control-Allow-Methods"))
                    .contains("GET, HEAD");
            assertThat(asked.headers()
                            .firstValue("Access-Control-Allow-Headers")
                            .orElseThrow())
                    .contains("If-None-Match");
            assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
        var read = instance.get("/api/v1/boxes", "Origin", "https://elsewhere.example");
        assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(read.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Link", "ETag");
        assertThat(read.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
    }

    @ParameterizedTest
    @EnumSource
    void thePageForPeopleReadsWellInBothLanguages(TestBrowser.Screen screen) {
        try (var browser = new TestBrowser()) {
            var page = browser.person(screen, "en");
            for (var language : List.of("en", "es")) {
                page.navigate(instance.url("/api?lang=" + language).toString());
                assertThat(page.locator("h1").innerText())
                        .isEqualTo(language.equals("es") ? "Para programas" : "For programs");
                TestBrowser.look(page, "api-" + language);
            }
            for (var link : page.locator("main a").all()) {
                assertThat(instance.get(link.getAttribute("href")).statusCode()).isEqualTo(200);
            }
        }
    }
}
