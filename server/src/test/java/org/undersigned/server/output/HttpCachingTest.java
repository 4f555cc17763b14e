package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.undersigned.server.instance.Routes;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.RawHttp;
import org.undersigned.server.support.TestInstance;

/// Checks every row of the table in docs/INTERFACES.md: the response of each public address, how long caches may
/// store it, and the responses to conditional requests, to HEAD, and to requests from other origins.
final class HttpCachingTest {
    private static final Path TABLE = Path.of("../docs/INTERFACES.md");

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    /// A row of the table.
    record Row(String address, String type, String caching, String vary, boolean open) {
        @Override
        public String toString() {
            return address;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        instance.importCampuses(
                "1,Sample College,-2,Troy,NY,12180,-2,1,2,-2,-2,1,-2,Rensselaer County,-73.7,42.7\n",
                "[{\"name\": \"Sample College\", \"alpha_two_code\": \"US\", \"state-province\": null, \"domains\": [\"sample.example\"]}]");
        for (var attempt = 0;
                instance.get("/ap/lantern-walk/events/evening-walk").statusCode() != 200;
                attempt++) {
            if (attempt == 600) throw new AssertionError("the walk is not announced");
            TestInstance.sleep(50);
        }
    }

    static List<Row> rows() throws IOException {
        return tableRows("address").stream()
                .map(cells -> new Row(
                        cells.get(1),
                        cells.get(2),
                        cells.get(3),
                        cells.get(4),
                        cells.get(5).equals("yes")))
                .toList();
    }

    static List<Arguments> uncacheableRows() throws IOException {
        return tableRows("kept by nobody").stream()
                .map(cells -> Arguments.of(cells.get(1), cells.get(2), cells.get(3)))
                .toList();
    }

    /// Returns the rows of the table whose first column has the heading `first`, in cell 1; cell 0 is empty.
    private static List<List<String>> tableRows(String first) throws IOException {
        var rows = new ArrayList<List<String>>();
        var inTable = false;
        for (var line : Files.readAllLines(TABLE)) {
            if (line.startsWith("| " + first + " |")) inTable = true;
            else if (!line.startsWith("|")) inTable = false;
            else if (inTable && !line.startsWith("|---")) {
                rows.add(Stream.of(line.split("\\|"))
                        .map(cell -> cell.strip().replace("`", ""))
                        .toList());
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    /// Returns the row's address with current values for `{box}`, `{text}`, `{asset}`, `{size}` and `{first}`.
    private static String example(Row row) {
        var address = row.address();
        if (address.endsWith("/{first}")) {
            var list = address.substring(0, address.lastIndexOf('/'));
            var first =
                    TestInstance.json(instance.get(list)).get("items").get(0).get("id");
            return list + "/" + first.stringValue();
        }
        if (address.contains("{size}")) {
            var log = address.substring(0, address.indexOf("/tile/"));
            var size = TestInstance.text(instance.get(log + "/checkpoint"))
                    .lines()
                    .toList()
                    .get(1);
            return address.replace("{size}", size);
        }
        return address.replace("{box}", instance.box().box().value())
                .replace("/text/{text}.json", instance.box().subject().textPath())
                .replace("/key/{key}", instance.box().classes().getFirst().keyPath())
                .replace("{asset}", asset());
    }

    @Test
    void theTableHasARowForEveryAddressThatIsRead() throws IOException {
        var read = instance.routes().stream()
                .filter(route -> route.method().equals("GET"))
                .map(Routes.Route::path)
                .toList();
        var told = new TreeSet<String>();
        for (var cells : tableRows("kept by nobody")) told.add(cells.get(1));
        for (var row : rows()) {
            told.add(read.stream()
                    .filter(route ->
                            Pattern.matches(pattern(route), row.address().replaceAll("\\?.*", "")))
                    .min(Comparator.comparingInt(HttpCachingTest::variable))
                    .orElseThrow());
        }

        assertThat(told).containsExactlyInAnyOrderElementsOf(read);
    }

    private static String pattern(String route) {
        return route.replace(".", "\\.").replaceAll("\\{\\+[a-z]+}", ".+").replaceAll("\\{[a-z]+}", "[^/]+");
    }

    private static int variable(String route) {
        return route.length() - route.replace("{", "").length();
    }

    @ParameterizedTest
    @MethodSource("uncacheableRows")
    void uncacheableAddressesSendTheDocumentedCacheControl(String route, String caching, String varying)
            throws Exception {
        var path = route.replace("{campaign}", "lantern-walk")
                .replace("{petition}", "lantern-lights")
                .replace("{action}", "evening-walk")
                .replace("{letter}", "regents")
                .replace("{campus}", "tufts.edu")
                .replace("{id}", "sample-college")
                .replace("inbox.json", "inbox.json?to=nobody@tufts.edu");
        var request = HttpRequest.newBuilder(instance.url(path)).build();
        try (var client = new CheckedClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var _ = response.body()) { // a stream of changes does not end
                assertThat(header(response, "Cache-Control")).isEqualTo(caching);
                assertThat(header(response, "ETag")).isEmpty();
                assertThat(header(response, "Vary")).isEqualTo(varying);
                assertThat(header(instance.head(path), "Cache-Control")).isEqualTo(caching);
            }
            client.shutdownNow();
        }
    }

    private static String asset() {
        var page = TestInstance.text(instance.get("/"));
        var at = page.indexOf("/assets/") + "/assets/".length();
        return page.substring(at, page.indexOf('"', at));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAddressAnswersAsTheTableSays(Row row) {
        var path = example(row);

        var plain = instance.get(path);
        var packed = instance.get(path, "Accept-Encoding", "gzip");

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(header(plain, "Content-Type")).isEqualTo(row.type());
        assertThat(header(plain, "Cache-Control")).isEqualTo(row.caching());
        assertThat(header(plain, "Vary")).isEqualTo(row.vary());
        assertThat(header(plain, "Access-Control-Allow-Origin")).isEqualTo(row.open() ? "*" : "");
        assertThat(header(plain, "ETag")).matches("\"[0-9a-f]{20}\"");
        var modified = ZonedDateTime.parse(header(plain, "Last-Modified"), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(modified.toInstant()).isBeforeOrEqualTo(Instant.now());
        var sent = ZonedDateTime.parse(header(plain, "Date"), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(modified).isBeforeOrEqualTo(sent); // RFC 9110 §8.8.2.1
        assertThat(plain.headers().allValues("Date")).hasSize(1);
        var asked =
                instance.send("OPTIONS", path, "Origin", "https://x.example", "Access-Control-Request-Method", "GET");
        assertThat(asked.statusCode()).isEqualTo(row.open() ? 204 : 405);
        assertThat(header(asked, "Access-Control-Allow-Origin")).isEqualTo(row.open() ? "*" : "");
        if (header(packed, "Content-Encoding").equals("gzip")) {
            assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
            assertThat(packed.body().length).isLessThan(plain.body().length);
        }
        assertThat(header(plain, "Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whoHasItIsNotSentItAgain(Row row) {
        var path = example(row);
        // A batch that is published meanwhile changes some responses; the test then repeats the requests.
        for (var attempt = 0; ; attempt++) {
            var first = instance.get(path);
            var tag = header(first, "ETag");
            var byTag = instance.get(path, "If-None-Match", "\"other\", W/" + tag);
            var byDate = instance.get(path, "If-Modified-Since", header(first, "Last-Modified"));
            var byOtherTag = instance.get(
                    path, "If-None-Match", "\"other\"", "If-Modified-Since", header(first, "Last-Modified"));
            var byOldDate = instance.get(path, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT");
            var changed = !header(instance.get(path), "ETag").equals(tag);
            var vague = byDate.statusCode() == 200; // for some seconds after two changes in one second
            if ((changed || vague) && attempt < 60) {
                TestInstance.sleep(250);
                continue;
            }

            assertThat(byTag.statusCode()).isEqualTo(304);
            assertThat(byTag.body()).isEmpty();
            assertThat(header(byTag, "ETag")).isEqualTo(tag);
            assertThat(header(byTag, "Cache-Control")).isEqualTo(row.caching());
            assertThat(byDate.statusCode()).isEqualTo(304);
            assertThat(byOtherTag.statusCode()).isEqualTo(200);
            assertThat(byOldDate.statusCode()).isEqualTo(200);
            var date = header(first, "Last-Modified");
            for (var form : List.of("EEEE, dd-MMM-uu HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss uuuu")) {
                var obsolete = DateTimeFormatter.ofPattern(form, Locale.US)
                        .format(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
                assertThat(instance.get(path, "If-Modified-Since", obsolete).statusCode())
                        .as(obsolete)
                        .isEqualTo(304);
            }
            return;
        }
    }

    @Test
    void ifMatchAndIfUnmodifiedSinceReturn412WhenChanged() {
        var path = "/k/lantern-walk/campaign.json";
        var first = instance.get(path);
        var tag = header(first, "ETag");
        var date = header(first, "Last-Modified");
        var old = "Sun, 06 Nov 1994 08:49:37 GMT";

        for (var wrong : List.of(
                new String[] {"If-Match", "\"other\""},
                new String[] {"If-Match", "W/" + tag},
                new String[] {"If-Match", "\"other\"", "If-None-Match", tag},
                new String[] {"If-Unmodified-Since", old})) {
            var answer = instance.get(path, wrong);
            assertThat(answer.statusCode()).as(String.join(" ", wrong)).isEqualTo(412);
            assertThat(TestInstance.problem(answer)).isEqualTo("changed");
            assertThat(header(answer, "ETag")).isEmpty();
        }
        for (var right : List.of(
                new String[] {"If-Match", "\"other\", " + tag, "If-Unmodified-Since", old},
                new String[] {"If-Match", "*"},
                new String[] {"If-Unmodified-Since", date},
                new String[] {"If-Unmodified-Since", "some day"})) {
            assertThat(instance.get(path, right).statusCode())
                    .as(String.join(" ", right))
                    .isEqualTo(200);
        }
    }

    @Test
    void a412ResponseIsNotADownload() {
        var answer = instance.get("/k/lantern-walk/actions.ics", "If-Match", "\"other\"");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(header(answer, "Content-Disposition")).isEmpty();
        assertThat(header(answer, "Content-Language")).isEqualTo("en");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatDoesNotVaryByLanguageIsTheSameInAny(Row row) {
        var path = example(row);
        for (var attempt = 0; ; attempt++) {
            var english = instance.get(path, "Accept-Language", "en");
            var spanish = instance.get(path, "Accept-Language", "es");
            if (header(english, "Vary").contains("Accept-Language")) return;
            if (!header(english, "ETag").equals(header(spanish, "ETag")) && attempt < 5) continue; // changed

            assertThat(spanish.body()).isEqualTo(english.body());
            assertThat(header(spanish, "ETag")).isEqualTo(header(english, "ETag"));
            assertThat(header(spanish, "Last-Modified")).isEqualTo(header(english, "Last-Modified"));
            return;
        }
    }

    @Test
    void responsesWithoutABodyOrLengthSendNoContentLength() throws IOException {
        var path = "/k/lantern-walk/campaign.json";
        var tag = header(instance.get(path), "ETag");
        var known = RawHttp.ask(instance, "GET", path, "If-None-Match: " + tag);
        var preflight = RawHttp.ask(
                instance, "OPTIONS", "/api/v1", "Origin: https://other.example", "Access-Control-Request-Method: GET");
        var stream = RawHttp.ask(instance, "HEAD", "/k/lantern-walk/events");

        assertThat(known.status()).isEqualTo(304);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        for (var answer : List.of(known, preflight, stream))
            assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aHeadEqualsItsGet(Row row) {
        var path = example(row);
        for (var attempt = 0; ; attempt++) {
            var get = instance.get(path);
            var head = instance.head(path);
            if (!header(head, "ETag").equals(header(get, "ETag")) && attempt < 5) continue;

            assertThat(head.statusCode()).isEqualTo(get.statusCode());
            assertThat(head.body()).isEmpty();
            assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(get.body().length));
            assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
            return;
        }
    }

    private static TreeMap<String, List<String>> withoutDate(HttpResponse<?> response) {
        var headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    void aHeadOfWhatIsNotThereHasNoBodyEither() {
        assertThat(instance.head("/k/none").statusCode()).isEqualTo(404);
        assertThat(instance.head("/k/none").body()).isEmpty();
        assertThat(instance.get("/").statusCode()).isEqualTo(200); // the connection is still usable
    }

    @Test
    void theLanguageFollowsTheReadersPreferenceAndTheAddressFirst() {
        assertThat(header(instance.get("/", "Accept-Language", "fr, es;q=0.5, en;q=0.4"), "Content-Language"))
                .isEqualTo("es");
        assertThat(header(instance.get("/", "Accept-Language", "es;q=0.1, en"), "Content-Language"))
                .isEqualTo("en");
        assertThat(header(instance.get("/?lang=es", "Accept-Language", "en"), "Content-Language"))
                .isEqualTo("es");
        assertThat(header(instance.get("/", "Accept-Language", "*;q=0.5, es;q=0.4"), "Content-Language"))
                .isEqualTo("en");
    }

    @Test
    void whatIsWrongInAnAddressIsToldInTheReadersLanguage() {
        var page = instance.get("/k/lantern-walk/coverage?rules=CCC", "Accept", "text/html", "Accept-Language", "es");
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(header(page, "Content-Language")).isEqualTo("es");
        assertThat(header(page, "Vary")).isEqualTo("Accept, Accept-Language");
        assertThat(TestInstance.text(page)).contains("Aquí no se conocen esas reglas");
        assertThat(TestInstance.text(instance.get("/p/lantern-lights/flyer.pdf?paper=a3", "Accept", "text/html")))
                .contains("Choose paper=letter or paper=a4.");

        var details = instance.get("/k/lantern-walk/coverage?rules=CCC", "Accept-Language", "es");
        assertThat(header(details, "Content-Language")).isEqualTo("en");
        assertThat(header(details, "Vary")).isEqualTo("Accept, Accept-Language");
        assertThat(TestInstance.text(details)).contains("\"field\":\"rules\"", "as-printed, ccc, count-love, acled");
    }

    /// RFC 9110 §5.3.
    @Test
    void severalLinesOfAHeaderAreOneList() {
        var tag = header(instance.get("/privacy?lang=en"), "ETag");

        assertThat(instance.get("/privacy?lang=en", "If-None-Match", "\"other\"", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(header(instance.get("/", "Accept-Language", "fr", "Accept-Language", "es"), "Content-Language"))
                .isEqualTo("es");
        assertThat(header(instance.get("/", "Accept-Encoding", "br", "Accept-Encoding", "gzip"), "Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(header(instance.get("/", "Accept-Encoding", "identity, gzip;q=0.5"), "Content-Encoding"))
                .isEmpty();
    }

    /// Sends 300 random headers; the fixed seed makes them the same in each run.
    @Test
    void noHeaderOfAReaderBreaksAnything() {
        var names = List.of("Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "If-Modified-Since");
        var pieces = List.of(
                "en",
                "es-",
                "*",
                ";",
                ",",
                "q=",
                "0.5",
                "1.0001",
                "gzip",
                "\"",
                "W/",
                "\"x\"",
                "text/html",
                "/",
                " ",
                "~",
                "Mon, 31 Feb 2016 25:61:61 GMT",
                "-",
                "=",
                "é",
                "'");
        var random = new Random(7);
        for (var i = 0; i < 300; i++) {
            var name = names.get(i % names.size());
            var value = random.ints(random.nextInt(1, 12), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            var answer = instance.get("/k/lantern-walk", name, value);
            var known = name.equals("If-None-Match") && value.strip().equals("*");
            assertThat(answer.statusCode()).as(name + ": " + value).isEqualTo(known ? 304 : 200);
            var refusal = instance.get("/k/none", name, value); // the error page also depends on Accept
            assertThat(refusal.statusCode()).as(name + ": " + value).isEqualTo(404);
            assertThat(header(refusal, "Content-Type")).isIn("text/html; charset=utf-8", "application/problem+json");
            assertThat(header(refusal, "Cache-Control")).isEqualTo("no-store");
        }
        for (var name : names) {
            var longest = "en;q=0.5,".repeat(600);
            assertThat(instance.get("/k/lantern-walk", name, longest).statusCode())
                    .as(name)
                    .isEqualTo(200);
        }
    }
}
