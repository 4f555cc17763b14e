package org.undersigned.server.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.record.BoxId;
import org.undersigned.server.support.HostileCampaign;
import org.undersigned.server.support.PrintedPdf;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.JsonNode;

/// Open data: the server writes it with FastCSV; the tests read it with Commons CSV and compare it with its
/// dictionary, with the JSON Lines and with the campaign's document.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DataTest {
    private static final String DEMO = "/k/sanctuary-campus";
    private static final String WALK = "/k/lantern-walk";
    private static final String RISKY = "/k/risky-cells";

    /// The columns of the Crowd Counting Consortium's compiler, `ccc_compiler_2024.R`, with as many source columns
    /// as the server writes, and with `fips_code` as the last column.
    private static final String CONSORTIUM = "date,locality,state,location_detail,online,type,title,macroevent,actors,"
            + "organizations,participants,claims,valence,issues,issues_major,size_text,size_low,size_high,size_mean,"
            + "size_cat,arrests,arrests_any,injuries_crowd,injuries_crowd_any,injuries_police,injuries_police_any,"
            + "property_damage,property_damage_any,chemical_agents,participant_measures,police_measures,"
            + "participant_deaths,police_deaths,source_1,source_2,notes,lat,lon,resolved_locality,resolved_county,"
            + "resolved_state,fips_code";

    @TempDir
    private static Path directory;

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @BeforeAll
    static void start() throws IOException {
        var risky = directory.resolve("risky.json");
        Files.writeString(risky, HostileCampaign.DOCUMENT);
        instance.importCampaign(risky, "/p/risky-petition");
    }

    private static String read(String path) {
        var response = instance.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new String(response.body(), UTF_8);
    }

    /// Returns the rows of a table, each as cells by column; an empty cell is "".
    private static List<Map<String, String>> csv(String campaign, String table) {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(new StringReader(read(campaign + "/data/" + table + ".csv")))) {
            var rows = new ArrayList<Map<String, String>>();
            for (var record : parser) {
                assertThat(record.isConsistent()).as(record.toString()).isTrue();
                var row = new LinkedHashMap<String, String>();
                for (var name : parser.getHeaderNames()) row.put(name, record.get(name));
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static List<JsonNode> lines(String campaign, String table) {
        var text = read(campaign + "/data/" + table + ".jsonl");
        assertThat(text.isEmpty() || text.endsWith("\n")).isTrue();
        return text.lines().map(TestInstance::json).toList();
    }

    private static JsonNode dictionary(String campaign) {
        return TestInstance.json(read(campaign + "/data/metadata.json"));
    }

    private static JsonNode document(String campaign) {
        return TestInstance.json(read(campaign + "/campaign.json"));
    }

    /// Removes the apostrophe that prevents a spreadsheet from running a cell, as the dictionary describes.
    private static String withoutApostrophes(String cell) {
        return cell.replaceFirst("^'", "").replaceAll("([;\\t\\r\\n])'", "$1");
    }

    // The dictionary

    @ParameterizedTest
    @ValueSource(strings = {DEMO, WALK, RISKY})
    void everyTableIsAsItsDictionarySays(String campaign) {
        var tables = dictionary(campaign).get("tables");
        assertThat(tables).hasSizeGreaterThan(20);
        for (var table : tables) {
            var name = table.get("url").stringValue().replaceAll("\\.csv$", "");
            var columns = table.get("tableSchema").get("columns");
            var first = read(campaign + "/data/" + name + ".csv")
                    .lines()
                    .findFirst()
                    .orElseThrow();
            assertThat(List.of(first.split(","))).as(name).isEqualTo(texts(columns, "titles"));
            var rows = csv(campaign, name);
            var lines = lines(campaign, name);
            assertThat(lines).as(name).hasSameSizeAs(rows);
            for (var i = 0; i < rows.size(); i++) {
                assertThat(lines.get(i).propertyNames()).containsExactlyElementsOf(texts(columns, "name"));
                for (var column : columns) check(name, column, rows.get(i), lines.get(i));
            }
            checkKeys(campaign, name, table.get("tableSchema"), rows);
        }
    }

    private static List<String> texts(JsonNode list, String member) {
        var texts = new ArrayList<String>();
        for (var one : list) texts.add(one.get(member).stringValue());
        return texts;
    }

    /// Compares a CSV cell with the member of its JSON line, and both with the column in the dictionary.
    private static void check(String table, JsonNode column, Map<String, String> row, JsonNode line) {
        var name = column.get("name").stringValue();
        var cell = cell(row, name);
        var value = line.get(name);
        var where = table + "." + name + ": " + cell;
        if (cell.isEmpty()) {
            assertThat(value.isNull() || value.isArray() && value.isEmpty())
                    .as(where)
                    .isTrue();
            assertThat(column.has("required")).as(where).isFalse();
            return;
        }
        var datatype = column.get("datatype");
        var type = datatype.isObject() ? datatype.get("base").stringValue() : datatype.stringValue();
        var number = type.equals("integer") || type.equals("double");
        var said = number && !column.has("separator") ? cell : withoutApostrophes(cell);
        var items = column.has("separator")
                ? List.of(said.split(column.get("separator").stringValue()))
                : List.of(said);
        var values = new ArrayList<JsonNode>();
        if (value.isArray()) value.forEach(values::add);
        else values.add(value);
        assertThat(values.stream().map(JsonNode::asString)).as(where).isEqualTo(items);
        for (var item : items)
            assertThat(isA(type, datatype, item)).as(where + " is a " + type).isTrue();
        assertThat(values).allMatch(one -> number ? one.isNumber() : type.equals("boolean") == one.isBoolean());
    }

    private static boolean isA(String type, JsonNode datatype, String item) {
        return switch (type) {
            case "string" ->
                !datatype.isObject() || item.matches(datatype.get("format").stringValue());
            case "integer" -> item.matches("0|[1-9][0-9]*");
            case "double" -> Double.toString(Double.parseDouble(item)).equals(item);
            case "boolean" -> item.equals("true") || item.equals("false");
            case "date" -> LocalDate.parse(item).toString().equals(item);
            case "time" -> item.length() == 8 && LocalTime.parse(item).isAfter(LocalTime.MIN);
            case "dateTime" -> Instant.parse(item).isAfter(Instant.EPOCH);
            case "anyURI" -> item.startsWith("http");
            default -> throw new AssertionError(type);
        };
    }

    private static void checkKeys(String campaign, String name, JsonNode schema, List<Map<String, String>> rows) {
        if (schema.has("primaryKey")) {
            var seen = new HashSet<List<String>>();
            for (var row : rows) {
                var key = new ArrayList<String>();
                schema.get("primaryKey").forEach(column -> key.add(row.get(column.stringValue())));
                assertThat(seen.add(key)).as(name + " " + key).isTrue();
            }
        }
        for (var foreign : schema.path("foreignKeys")) {
            var to = foreign.get("reference").get("resource").stringValue().replace(".csv", "");
            Set<String> there = new TreeSet<>();
            csv(campaign, to).forEach(row -> there.add(row.get("id")));
            for (var row : rows) {
                var cell = cell(row, foreign.get("columnReference").stringValue());
                if (!cell.isEmpty()) assertThat(there).as(name + " names " + to).contains(cell);
            }
        }
    }

    @Test
    void theDictionaryIsCsvOnTheWebInBothLanguagesWithAVersion() {
        var response = instance.get(DEMO + "/data/metadata.json");
        var dictionary = TestInstance.json(response);

        assertThat(response.headers().firstValue("Content-Type")).contains("application/csvm+json");
        assertThat(dictionary.get("@context").get(0).stringValue()).isEqualTo("http://www.w3.org/ns/csvw");
        assertThat(dictionary.get("@type").stringValue()).isEqualTo("TableGroup");
        assertThat(dictionary.get("schema:version").stringValue()).isEqualTo("1");
        assertThat(Instant.parse(dictionary.get("dc:modified").get("@value").stringValue()))
                .isBefore(Instant.now());
        assertThat(dictionary.get("dc:title").get(1).get("@value").stringValue())
                .isEqualTo("Datos: Campus Santuario");
        assertThat(dictionary.get("dc:description").get(0).get("@value").stringValue())
                .contains("one apostrophe stands in front of it")
                .contains("A count under 10 is not given");
        for (var table : dictionary.get("tables")) {
            for (var column : table.get("tableSchema").get("columns")) {
                for (var i = 0; i < 2; i++) {
                    assertThat(column.get("dc:description").get(i).get("@value").stringValue())
                            .isNotBlank();
                }
            }
        }
        assertThat(instance.get(DEMO + "/data/figures.csv").headers().firstValue("Link"))
                .contains("<metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\"");
    }

    // Comparison with the campaign's document

    @Test
    void everyCellOfTheDemonstrationsFiguresIsAsInItsDocument() {
        var document = document(DEMO);
        var rows = csv(DEMO, "figures");
        var figures = document.get("figures");
        assertThat(rows).hasSize(figures.size()).hasSize(14);
        for (var i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var figure = figures.get(i);
            var story = story(document, figure.get("source").stringValue());
            assertThat(row.get("id")).matches("[0-9a-f]{16}");
            assertThat(row.get("about")).isEqualTo(joined(figure.get("about")));
            assertThat(row.get("subject_en"))
                    .isEqualTo(figure.get("subject").get("en").stringValue());
            assertThat(row.get("subject_es"))
                    .isEqualTo(figure.get("subject").get("es").stringValue());
            assertThat(row.get("measure")).isEqualTo(figure.get("measure").stringValue());
            assertThat(row.get("words")).isEqualTo(figure.get("words").stringValue());
            assertThat(row.get("language")).isEqualTo("en");
            assertThat(row.get("translation")).isEqualTo(textOrEmpty(figure, "translation"));
            assertThat(row.get("as_of")).isEqualTo(textOrEmpty(figure, "asOf"));
            assertThat(row.get("story")).isEqualTo(figure.get("source").stringValue());
            assertThat(row.get("outlet")).isEqualTo(story.get("outlet").stringValue());
            assertThat(row.get("cites")).isEqualTo(textOrEmpty(figure, "cites"));
            assertThat(row.get("rules")).isEqualTo("as-printed");
            assertThat(row.get("basis")).isEqualTo("printed");
        }
        assertThat(rows)
                .extracting(row -> row.get("words") + " | " + row.get("low") + " | " + row.get("high"))
                .containsExactly(
                        "more than 2,600 | 2600 | ",
                        "surpassed 4,800 | 4800 | ",
                        "Thousands | 2000 | ",
                        "dozens | 24 | ",
                        "More than 200 | 200 | ",
                        "between 10 and 15 | 10 | 15",
                        "about 2,000 |  | ",
                        "a mob |  | ",
                        "hundreds | 200 | ",
                        "small group |  | ",
                        "more than 100 colleges and universities | 100 | ",
                        "nearly 80 college campuses |  | 80",
                        "an estimated 11 million |  | ",
                        "156,000 | 156000 | 156000");
        assertThat(rows.get(12).get("as_of")).isEqualTo("2015-08"); // a month; the server adds no day
        assertThat(rows.get(13).get("as_of")).isEmpty();
        var bounds = csv(DEMO, "bounds");
        assertThat(bounds).hasSize(4 * 14);
        assertThat(bounds)
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("figure", rows.get(8).get("id"))
                        .containsEntry("rules", "ccc")
                        .containsEntry("high", "200")
                        .containsEntry("basis", "rule"));
    }

    private static JsonNode story(JsonNode document, String id) {
        for (var story : document.get("sources")) {
            if (story.get("id").stringValue().equals(id)) return story;
        }
        throw new AssertionError(id);
    }

    private static String joined(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asString()));
        return String.join(" ", texts);
    }

    private static String textOrEmpty(JsonNode node, String member) {
        return node.hasNonNull(member) ? node.get(member).asString() : "";
    }

    @Test
    void whatEveryOtherPartOfADocumentSaysStandsInItsTable() {
        var document = document(WALK);
        for (var entry : Map.of(
                        "campuses", "campuses",
                        "petitions", "petitions",
                        "actions", "actions",
                        "letters", "letters",
                        "answers", "answers",
                        "labels", "labels",
                        "meetings", "meetings",
                        "stories", "sources",
                        "demands", "demands",
                        "updates", "updates")
                .entrySet()) {
            assertThat(csv(WALK, entry.getKey()))
                    .as(entry.getKey())
                    .hasSize(document.get(entry.getValue()).size());
        }
        assertThat(csv(WALK, "campuses").get(1))
                .containsEntry("id", "harbor.example")
                .containsEntry("longitude", "-157.85")
                .containsEntry("domains", "harbor.example hu.example")
                .containsEntry("chapter_es", "Faroles de Harbor")
                .containsEntry("chapter_since", "2040-01-12");
        assertThat(csv(WALK, "actions").getFirst())
                .containsEntry("campuses", "lantern.example harbor.example")
                .containsEntry("time", "18:30:00")
                .containsEntry("starts", "2040-11-17T01:30:00Z")
                .containsEntry("minutes", "90")
                .containsEntry("pledge", "true");
        assertThat(csv(WALK, "stops"))
                .extracting(row -> row.get("place_en"))
                .startsWith("Old gate", "Library steps", "River bridge");
        assertThat(csv(WALK, "petitions").getFirst())
                .containsEntry("demands", "1 3")
                .containsEntry("story", "");
        assertThat(csv(WALK, "wordings").getFirst()).containsEntry("text_en", "Light the main path.");
        var steps = csv(WALK, "steps").stream()
                .filter(row -> cell(row, "campus").equals("harbor.example")
                        && cell(row, "demand").equals("1"))
                .toList();
        assertThat(steps)
                .extracting(row -> row.get("number") + " " + row.get("date") + " " + row.get("status"))
                .endsWith("1 2040-01-25 acknowledged", "2 2040-02-04 partial");
        assertThat(steps.getLast())
                .containsEntry("evidence_link", "https://harbor.example/letter")
                .containsEntry("evidence_seen", "2040-02-05")
                .containsEntry("words_es", "Iluminaremos el camino norte a más tardar en otoño.");
        assertThat(csv(WALK, "notes"))
                .extracting(row -> row.get("kind"))
                .containsExactly("note", "cross-post", "related");
        assertThat(csv(DEMO, "statements"))
                .extracting(row -> row.get("about"))
                .contains("aim", "call", "context", "convener", "campaign");
        assertThat(csv(DEMO, "petitions").getFirst().get("note_en")).startsWith("Wording written");
    }

    @Test
    void aMonthOrMissingDateGetsNoInventedDay() {
        assertThat(csv(RISKY, "figures")).extracting(row -> row.get("as_of")).endsWith("2015-08", "");
        var figures = TestInstance.json(read("/api/v1/campaigns/risky-cells/figures?page_size=100"))
                .get("items");
        assertThat(figures.get(figures.size() - 2).get("as_of").stringValue()).isEqualTo("2015-08");
        assertThat(figures.get(figures.size() - 1).get("as_of").isNull()).isTrue();

        var packet = new PrintedPdf(
                        instance.get("/p/risky-petition/packet.pdf?lang=en").body())
                .text();

        assertThat(packet)
                .containsPattern(
                        "dozens in a month”( –)? =Subject. Reported by @SUM\\(1,2\\), February 2, 2040. As of August 2015.")
                .containsPattern(
                        "hundreds at some time”( –)? =Subject. Reported by @SUM\\(1,2\\), February 2, 2040.(?! As of)");
    }

    // Spreadsheets

    @Test
    void aCellThatASpreadsheetWouldRunBeginsWithAnApostropheAndNothingElseChanges() {
        var rows = csv(RISKY, "figures");
        var lines = lines(RISKY, "figures");
        for (var i = 0; i < HostileCampaign.WORDS.size(); i++) {
            var words = HostileCampaign.WORDS.get(i);
            assertThat(lines.get(i).get("words").stringValue()).isEqualTo(words);
            assertThat(rows.get(i).get("words")).isEqualTo("'" + words);
        }
        for (var i = 0; i < HostileCampaign.HARMLESS.size(); i++) {
            var words = HostileCampaign.HARMLESS.get(i);
            assertThat(rows.get(HostileCampaign.WORDS.size() + i).get("words")).isEqualTo(words);
            assertThat(lines.get(HostileCampaign.WORDS.size() + i).get("words").stringValue())
                    .isEqualTo(words);
        }
        for (var row : rows) {
            var said = withoutApostrophes(cell(row, "words"));
            if (HostileCampaign.INSIDE.containsKey(said)) {
                assertThat(row).containsEntry("words", HostileCampaign.INSIDE.get(said));
            }
        }
        assertThat(rows)
                .extracting(row -> withoutApostrophes(cell(row, "words")))
                .containsAll(HostileCampaign.INSIDE.keySet());
        assertThat(csv(RISKY, "campuses").getFirst())
                .containsEntry("longitude", "-104.99") // a number needs no apostrophe
                .containsEntry("name", "'=HYPERLINK(\"https://bad.example\")");
        assertThat(csv(RISKY, "stories").getFirst()).containsEntry("id", "'=S").containsEntry("outlet", "'@SUM(1,2)");
        assertThat(csv(RISKY, "ccc").getFirst().get("actors")).isEqualTo("'+convener");
    }

    @Test
    void everyCsvLineEndsInCrlfAndThereIsNoByteOrderMark() {
        for (var table : dictionary(RISKY).get("tables")) {
            var text = read(RISKY + "/data/" + table.get("url").stringValue());
            assertThat(text).endsWith("\r\n").doesNotStartWith("\uFEFF");
            var outside = text.replaceAll("(?s)\"(?:[^\"]|\"\")*\"", ""); // quoted cells may contain line ends
            assertThat(outside.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        }
        assertThat(instance.get(RISKY + "/data/figures.csv").headers().firstValue("Content-Type"))
                .contains("text/csv; charset=utf-8; header=present");
        assertThat(instance.get(RISKY + "/data/figures.jsonl").headers().firstValue("Content-Type"))
                .contains("application/jsonl");
    }

    // The Crowd Counting Consortium

    @Test
    void theCrowdTableHasTheConsortiumsColumnsInItsOrder() {
        assertThat(read(DEMO + "/data/ccc.csv").lines().findFirst()).contains(CONSORTIUM);
    }

    @Test
    void aReportOfWhoCameStandsInTheConsortiumsTermsAndNothingIsMadeUp() {
        var rows = csv(DEMO, "ccc");

        assertThat(rows)
                .extracting(row -> String.join(
                        " | ",
                        row.get("locality"),
                        row.get("state"),
                        row.get("size_text"),
                        row.get("size_low"),
                        row.get("size_high"),
                        row.get("size_mean"),
                        row.get("size_cat")))
                .containsExactly(
                        "Medford | MA | dozens | 24 |  | 24 | 1",
                        "Los Angeles | CA | More than 200 | 200 |  | 200 | 2",
                        "Los Angeles | CA | about 2,000 |  |  |  | 0",
                        "Miami | FL | a mob |  |  |  | 0",
                        "Miami | FL | small group |  |  |  | 0",
                        "Amherst | MA |  |  |  |  | 0",
                        "Portland | OR |  |  |  |  | 0",
                        "New York | NY |  |  |  |  | 0",
                        "New York | NY |  |  |  |  | 0",
                        " | NJ |  |  |  |  | 0", // "New Jersey" names no city
                        "Providence | RI |  |  |  |  | 0");
        // No source says that the figures for USC's speakers and for all of Miami-Dade belong to a walkout:
        // the table omits them.
        assertThat(rows)
                .extracting(row -> row.get("type"))
                .filteredOn("counter-protest"::equals)
                .hasSize(1);
        assertThat(rows.get(4))
                .containsEntry("type", "counter-protest")
                .containsEntry("actors", "")
                .containsEntry("organizations", "")
                .containsEntry("title", "")
                .containsEntry("macroevent", "20161116-fiu-walkout");
        assertThat(rows.get(3))
                .containsEntry("type", "walkout")
                .containsEntry("organizations", "Movimiento Cosecha")
                .containsEntry("macroevent", "20161116-fiu-walkout");
        assertThat(rows.get(2)).containsEntry("macroevent", "");
        assertThat(rows.get(2))
                .containsEntry("date", "2016-11-16")
                .containsEntry("type", "walkout")
                .containsEntry("actors", "Movimiento Cosecha")
                .containsEntry("source_1", "USC student news, Los Angeles, " + "Betsy Carter, 2016-11-16")
                .containsEntry("source_2", "")
                .containsEntry("notes", "Walkout at UCLA. Printed: \"about 2,000\".")
                .containsEntry("claims", "")
                .containsEntry("arrests", "");
        assertThat(rows.get(2).get("location_detail")).isEqualTo("University of California, Los Angeles");
        assertThat(csv(WALK, "ccc"))
                .hasSize(3)
                .allMatch(row -> cell(row, "title").startsWith("First"));
    }

    // Counts

    @Test
    @Order(0)
    void aBoxThatIsOpenedChangesTheTables() {
        var opened = new ArrayList<Instant>();
        for (var row : csv(WALK, "counts")) {
            var box = TestInstance.json(read("/api/v1/boxes/" + cell(row, "box")));
            opened.add(Instant.parse(box.get("opens").stringValue()));
        }

        assertThat(opened)
                .hasSize(3)
                .allSatisfy(moment -> assertThat(moment)
                        .isBeforeOrEqualTo(Instant.parse(dictionary(WALK)
                                .get("dc:modified")
                                .get("@value")
                                .stringValue())));
    }

    @Test
    @Order(1)
    void aCountUnderTenIsNotGivenNorTheRecordsLength() {
        assertThat(csv(DEMO, "counts"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("count", "")
                        .containsEntry("fewer_than", "10")
                        .containsEntry("entries", "")
                        .containsEntry("published", ""));
        assertThat(csv(DEMO, "growth")).isEmpty();
    }

    @Test
    @Order(2)
    void countsMatchTheRecordAndSmallPartsAreHidden() {
        for (var i = 0; i < 3; i++) instance.person().drawBook().cast(1);
        instance.crowd(9);
        var before = instance.published(10);
        instance.crowd(12);
        var counted = instance.published((int) before + 10);

        var row = csv(DEMO, "counts").stream()
                .filter(one -> cell(one, "url").endsWith(TestInstance.TUFTS))
                .findFirst()
                .orElseThrow();
        assertThat(row)
                .containsEntry("class", "member")
                .containsEntry("unit", "signatures")
                .containsEntry("count", Long.toString(counted))
                .containsEntry("fewer_than", "")
                .containsEntry("entries", Long.toString(counted + 1));
        assertThat(instance.recountOf(BoxId.of(cell(row, "box"))).count("member"))
                .isEqualTo(counted);
        var growth = csv(DEMO, "growth").stream()
                .filter(one -> cell(one, "box").equals(cell(row, "box")))
                .map(one -> Long.parseLong(cell(one, "count")))
                .toList();
        assertThat(growth).hasSizeGreaterThan(1).isSorted().endsWith(counted).allMatch(one -> one >= 10);
        var parts = csv(DEMO, "affiliations").stream()
                .filter(one -> cell(one, "box").equals(cell(row, "box")))
                .toList();
        assertThat(parts).hasSize(5).allMatch(one -> cell(one, "count").isEmpty()); // neither three nor the rest
        assertThat(dictionary(DEMO).get("dc:modified").get("@value").stringValue())
                .isEqualTo(row.get("published"));
    }

    // Errors, database load and pages

    @Test
    void whatIsNotThereIsNotFound() {
        for (var path : List.of(
                "/k/nobody/data",
                "/k/nobody/data/figures.csv",
                "/k/nobody/data/metadata.json",
                "/k/nobody/campaign.json",
                DEMO + "/data/nothing.csv",
                DEMO + "/data/nothing.jsonl",
                DEMO + "/data/figures.xlsx")) {
            assertThat(instance.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(instance.get(path).headers().firstValue("Link")).as(path).isEmpty();
        }
    }

    @Test
    void theDatabaseIsNotAskedForEachRow() {
        var tables = texts(dictionary(DEMO).get("tables"), "url");
        var before = instance.statements();
        for (var i = 0; i < 10; i++) {
            for (var table : tables) read(DEMO + "/data/" + table + (i == 0 ? "" : "?n=" + i));
        }
        assertThat(instance.statements() - before).isLessThan(200); // jobs and a few readings, for 240 tables
    }

    @ParameterizedTest
    @EnumSource
    void thePageListsEveryTableWithItsColumns(TestBrowser.Screen screen) {
        try (var browser = new TestBrowser()) {
            var page = browser.person(screen, "en");
            for (var language : List.of("en", "es")) {
                page.navigate(instance.url(DEMO + "/data?lang=" + language).toString());
                assertThat(page.locator("h1").innerText()).isEqualTo(language.equals("es") ? "Datos" : "Data");
                page.locator("#counts summary").click();
                TestBrowser.look(page, "data-" + language);
                assertThat(page.locator("#counts dt").allInnerTexts()).contains("count", "fewer_than");
                assertThat(page.locator("#citation").innerText())
                        .contains(language.equals("es") ? "Campus Santuario" : "Sanctuary Campus")
                        .contains(instance.publicUrl() + DEMO + "/data");
            }
            var links = page.locator("main section .card a");
            assertThat(links.count())
                    .isEqualTo(2 * dictionary(DEMO).get("tables").size());
            for (var link : links.all()) {
                assertThat(instance.get(link.getAttribute("href")).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void newsroomsFindTheLogosOnThePressPage() {
        var press = read(DEMO + "/press?lang=en");
        var links = Pattern.compile("href=\"(/[^\"]+)\" download=\"undersigned[a-z-]*\\.(svg|png)\"")
                .matcher(press)
                .results()
                .toList();
        assertThat(links).hasSize(6);
        for (var link : links) {
            assertThat(instance.get(link.group(1)).headers().firstValue("Content-Type"))
                    .contains(link.group(2).equals("svg") ? "image/svg+xml" : "image/png");
        }
        assertThat(press).contains("href=\"" + DEMO + "/data?lang=en\"");
    }
}
