package org.undersigned.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Walks the table of docs/INTERFACES.md: what each public address answers, how long it may be kept, and that asking
/// again, asking for the headers only, and asking from elsewhere are answered rightly.
final class ReadingTest {
    private static final Path TABLE = Path.of("../docs/INTERFACES.md");

    private static Town town;

    /// A row of the table.
    record Row(String address, String type, String caching, String vary, boolean open) {
        @Override
        public String toString() {
            return address;
        }
    }

    @BeforeAll
    static void start() {
        town = Town.start();
        town.importCampaign(
                Path.of("../docs/examples/lanterns.json"), "/p/lantern-lights", "/a/evening-walk", "/l/regents");
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    static List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        var inTable = false;
        for (var line : Files.readAllLines(TABLE)) {
            if (line.startsWith("| address |")) inTable = true;
            else if (!line.startsWith("|")) inTable = false;
            else if (inTable && !line.startsWith("|---")) {
                var cells = Stream.of(line.split("\\|"))
                        .map(cell -> cell.strip().replace("`", ""))
                        .toList();
                rows.add(new Row(
                        cells.get(1),
                        cells.get(2),
                        cells.get(3),
                        cells.get(4),
                        cells.get(5).equals("yes")));
            }
        }
        assertThat(rows).hasSizeGreaterThan(10);
        return rows;
    }

    /// The table's `{box}` and `{asset}` are what the demonstration has there now.
    private static String example(Row row) {
        return row.address().replace("{box}", town.box().box().value()).replace("{asset}", asset());
    }

    private static String asset() {
        var page = Town.text(town.get("/"));
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

        var plain = town.get(path);
        var packed = town.get(path, "Accept-Encoding", "gzip");

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(header(plain, "Content-Type")).isEqualTo(row.type());
        assertThat(header(plain, "Cache-Control")).isEqualTo(row.caching());
        assertThat(header(plain, "Vary")).isEqualTo(row.vary());
        assertThat(header(plain, "Access-Control-Allow-Origin")).isEqualTo(row.open() ? "*" : "");
        assertThat(header(plain, "ETag")).matches("\"[0-9a-f]{20}\"");
        var modified = ZonedDateTime.parse(header(plain, "Last-Modified"), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(modified.toInstant()).isBeforeOrEqualTo(Instant.now());
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
        // What is published meanwhile changes some answers; then they are asked for anew.
        for (var attempt = 0; ; attempt++) {
            var first = town.get(path);
            var tag = header(first, "ETag");
            var byTag = town.get(path, "If-None-Match", "\"other\", W/" + tag);
            var byDate = town.get(path, "If-Modified-Since", header(first, "Last-Modified"));
            var byOtherTag =
                    town.get(path, "If-None-Match", "\"other\"", "If-Modified-Since", header(first, "Last-Modified"));
            var byOldDate = town.get(path, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT");
            if (!header(town.get(path), "ETag").equals(tag) && attempt < 5) continue;

            assertThat(byTag.statusCode()).isEqualTo(304);
            assertThat(byTag.body()).isEmpty();
            assertThat(header(byTag, "ETag")).isEqualTo(tag);
            assertThat(header(byTag, "Cache-Control")).isEqualTo(row.caching());
            assertThat(byDate.statusCode()).isEqualTo(304);
            assertThat(byOtherTag.statusCode()).isEqualTo(200);
            assertThat(byOldDate.statusCode()).isEqualTo(200);
            return;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aHeadEqualsItsGet(Row row) {
        var path = example(row);
        for (var attempt = 0; ; attempt++) {
            var get = town.get(path);
            var head = town.head(path);
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
        assertThat(town.head("/k/none").statusCode()).isEqualTo(404);
        assertThat(town.head("/k/none").body()).isEmpty();
        assertThat(town.get("/").statusCode()).isEqualTo(200); // the connection is still in step
    }

    @Test
    void theLanguageFollowsTheReadersPreferenceAndTheAddressFirst() {
        assertThat(header(town.get("/", "Accept-Language", "fr, es;q=0.5, en;q=0.4"), "Content-Language"))
                .isEqualTo("es");
        assertThat(header(town.get("/", "Accept-Language", "es;q=0.1, en"), "Content-Language"))
                .isEqualTo("en");
        assertThat(header(town.get("/?lang=es", "Accept-Language", "en"), "Content-Language"))
                .isEqualTo("es");
    }

    /// Bounded: some hundred odd headers, the same ones each time.
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
            assertThat(town.get("/k/lantern-walk", name, value).statusCode())
                    .as(name + ": " + value)
                    .isIn(200, 304, 400);
        }
        for (var name : names) {
            var longest = "en;q=0.5,".repeat(600);
            assertThat(town.get("/k/lantern-walk", name, longest).statusCode())
                    .as(name)
                    .isEqualTo(200);
        }
    }
}
    /// RFC 9110 §5.3.
    @Test
    void severalLinesOfAHeaderAreOneList() {
        var tag = header(town.get("/privacy?lang=en"), "ETag");

        assertThat(town.get("/privacy?lang=en", "If-None-Match", "\"other\"", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(header(town.get("/", "Accept-Language", "fr", "Accept-Language", "es"), "Content-Language"))
                .isEqualTo("es");
        assertThat(header(town.get("/", "Accept-Encoding", "br", "Accept-Encoding", "gzip"), "Content-Encoding"))
                .isEqualTo("gzip");
    }

