package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpdf.text.pdf.PdfName;
import org.undersigned.cli.Main;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.PrintedPdf;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Papers to pin to a board, to put on a table or to hand over (PDF), read with other libraries than those that
/// write them.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PaperTest {
    private static final String WALK = "/a/evening-walk";
    private static final String LONG = "/p/long-lights";
    private static final int MANY = 40;
    private static final int LATE = Integer.MAX_VALUE - 1; // for tests that change the count
    private static final JsonMapper JSON = new JsonMapper();

    private static final MovableClock CLOCK = new MovableClock();

    @RegisterExtension
    static final TestInstance instance =
            TestInstance.ofDemonstration().reachable().at(CLOCK);

    /// The packet of a petition with three signatures.
    private static PrintedPdf packetOfFew;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        ExampleCampaign.importInto(instance);
        instance.importCampaign(Files.writeString(directory.resolve("long.json"), longCampaign()), LONG);
        instance.crowd(3);
        CLOCK.forward(Duration.ofHours(24)); // after this delay even a small batch is published
        for (var attempt = 0;
                !TestInstance.text(instance.get(TestInstance.TUFTS)).contains("Fewer than 10");
                attempt++) {
            assertThat(attempt).as("waiting for three signatures").isLessThan(600);
            TestInstance.sleep(50);
        }
        packetOfFew = paper(TestInstance.TUFTS + "/packet.pdf");
        instance.crowd(10);
        instance.published(13);
        instance.crowd(10);
        instance.published(23);
    }

    /// The example with a title, a text and forty demands that are far too long.
    private static String longCampaign() throws IOException {
        var document = (ObjectNode) JSON.readTree(ExampleCampaign.document());
        document.put("slug", "long-walk");
        for (var part : List.of("actions", "letters", "answers", "figures", "labels", "meetings", "updates")) {
            document.putArray(part);
        }
        var petition = (ObjectNode) document.get("petitions").get(0);
        petition.put("slug", "long-lights");
        both(
                petition,
                "title",
                "Lights 💡 for José Núñez’s Lantern College and all its neighbours ".repeat(5) + "W".repeat(120));
        both(petition, "text", "We ask for safe ways home, and we ask again, <in> \"every\" way & word. ".repeat(60));
        var demands = document.putArray("demands");
        var asked = petition.putArray("demands");
        for (var id = 1; id <= MANY; id++) {
            var demand = demands.addObject().put("id", id).put("source", "gazette");
            both(
                    demand,
                    "text",
                    "Demand number " + id + ": " + "light every path between halls and streets, ".repeat(6));
            demand.putArray("wordings");
            asked.add(id);
        }
        document.putArray("templates");
        return document.toString();
    }

    private static void both(ObjectNode object, String name, String text) {
        object.putObject(name).put("en", text).put("es", text);
    }

    private static PrintedPdf paper(String address) {
        var answer = instance.get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        return new PrintedPdf(answer.body());
    }

    private static String address(String path) {
        return instance.publicUrl() + path;
    }

    @ParameterizedTest
    @CsvSource({"a4, en", "a4, es", "letter, en", "letter, es"})
    void aFlyerSaysWhatThePageSaysAndItsCodeLeadsThere(String sheet, String language) {
        var spanish = language.equals("es");
        var choice = "/flyer.pdf?paper=" + sheet + "&lang=" + language;
        var petition = paper(TestInstance.TUFTS + choice);
        var action = paper(WALK + choice);
        var letter = paper("/l/regents" + choice);

        assertThat(petition.text())
                .contains(
                        spanish ? "Tufts University, campus santuario" : "Make Tufts University a sanctuary campus",
                        spanish ? "Pedimos a la administración" : "We ask the administration",
                        spanish ? "acciones de control migratorio" : "immigration enforcement actions",
                        spanish ? "Escanee para leer y firmar" : "Scan to read and sign",
                        spanish ? "Nadie puede hacer la lista" : "Nobody can list who signed");
        assertThat(petition.title()).contains("Tufts University");
        assertThat(action.text())
                .contains(
                        spanish ? "16 de noviembre de 2040, 6:30" : "November 16, 2040, 6:30",
                        spanish ? "las Montañas Rocosas; 3:30" : "Mountain Standard Time; 3:30",
                        "Lantern College, Denver, Colorado · Harbor University, Honolulu, Hawaii",
                        spanish ? "Escalinata de la biblioteca" : "Library steps",
                        spanish ? "La marcha empieza media hora más tarde" : "The walk begins half an hour later",
                        spanish ? "Un farol sin llama" : "A lantern without a flame",
                        spanish ? "Escanee para decir que irá" : "Scan to say that you will come");
        assertThat(letter.text())
                .contains(
                        spanish ? "Escribir a los regentes" : "Write to the regents",
                        spanish ? "Los regentes votan" : "The regents vote",
                        spanish ? "Hasta el 19 de diciembre de 2040" : "Until December 19, 2040",
                        spanish ? "Escanee para escribir su carta" : "Scan to write your letter");
        expectOnePage(petition, sheet, "flyer-p-" + sheet + "-" + language, address(TestInstance.TUFTS));
        var book = paper("/c/tufts.edu/book" + choice);
        assertThat(book.text())
                .contains(
                        "Tufts University",
                        spanish ? "Saque su talonario. No firma nada." : "Get your book. You sign nothing.",
                        spanish ? "Escanee para sacar su talonario" : "Scan to get your book");
        expectOnePage(book, sheet, "flyer-book-" + sheet + "-" + language, address("/c/tufts.edu/book"));
        expectOnePage(action, sheet, "flyer-a-" + sheet + "-" + language, address(WALK));
        expectOnePage(letter, sheet, "flyer-l-" + sheet + "-" + language, address("/l/regents"));
    }

    private static void expectOnePage(PrintedPdf paper, String sheet, String name, String code) {
        expectOnePage(paper, sheet);
        assertThat(PrintedPdf.code(paper.look(name).getFirst())).as(name).hasValue(code);
    }

    private static void expectOnePage(PrintedPdf paper, String sheet) {
        assertThat(paper.pages()).isEqualTo(1);
        expectSize(paper, sheet);
        assertThat(paper.outside()).isEmpty();
    }

    private static void expectSize(PrintedPdf paper, String sheet) {
        var a4 = sheet.equals("a4");
        assertThat(paper.width()).isCloseTo(a4 ? PrintedPdf.A4_WIDTH : PrintedPdf.LETTER_WIDTH, within(0.5f));
        assertThat(paper.height()).isCloseTo(a4 ? PrintedPdf.A4_HEIGHT : PrintedPdf.LETTER_HEIGHT, within(0.5f));
    }

    @ParameterizedTest
    @CsvSource({"a4, en", "letter, es"})
    void eachOfEightStripsLeadsThere(String sheet, String language) {
        for (var path : List.of(TestInstance.TUFTS, WALK, "/l/regents")) {
            var strips = paper(path + "/strips.pdf?paper=" + sheet + "&lang=" + language);

            expectOnePage(strips, sheet);
            var picture = strips.look("strips-" + path.charAt(1) + "-" + sheet + "-" + language)
                    .getFirst();
            assertThat(PrintedPdf.stripCodes(picture)).isEqualTo(Collections.nCopies(8, address(path)));
            // The address is on each strip, and above the strips for readers who find no strip left.
            assertThat(strips.text().replace(" ", "").split(address(path).replace("http://", ""), -1))
                    .hasSize(10);
        }
    }

    @ParameterizedTest
    @CsvSource({"a4, en", "a4, es", "letter, en", "letter, es"})
    void aPosterForATableTellsThreeStepsAndLeadsToTheSigning(String sheet, String language) {
        var spanish = language.equals("es");

        var poster = paper(TestInstance.TUFTS + "/poster.pdf?paper=" + sheet + "&lang=" + language);

        assertThat(poster.text())
                .contains(
                        spanish ? "Firme sin estar en una lista" : "Sign without being listed",
                        spanish ? "con su propio teléfono" : "with your own phone",
                        spanish ? "Para miembros de Tufts University" : "For members of Tufts University");
        assertThat(poster.tags()).filteredOn("LI"::equals).hasSize(3);
        expectOnePage(poster, sheet, "poster-" + sheet + "-" + language, address(TestInstance.TUFTS + "/sign"));
    }

    @ParameterizedTest
    @CsvSource({"a4, es", "letter, en"})
    void aPacketCarriesTheCountWithItsProof(String sheet, String language) {
        var spanish = language.equals("es");
        var checkpoint = TestInstance.text(
                instance.get("/log/box/" + instance.box().box().value() + "/checkpoint"));
        var key = TestInstance.text(instance.get(TestInstance.TUFTS + "/record?lang=" + language));

        var packet = paper(TestInstance.TUFTS + "/packet.pdf?paper=" + sheet + "&lang=" + language);

        var text = packet.text();
        assertThat(text)
                .contains(
                        spanish
                                ? "A la administración de Tufts University"
                                : "To the administration of Tufts University",
                        "23 " + (spanish ? "Miembros del campus" : "Members of the campus"),
                        spanish ? "registro público de 24 entradas" : "public record of 24 entries",
                        spanish ? "Proteger a los estudiantes" : "Shield students",
                        "./undersigned recount " + address(TestInstance.TUFTS)
                                + " \\ --at 24 \\ --key demo.undersigned.example/",
                        spanish ? "Firmas en el tiempo" : "Signatures over time",
                        spanish ? "son programas, no personas" : "are programs, not people");
        assertThat(instance.recount().count("member")).isEqualTo(23);
        var unbroken = text.replace(" ", ""); // a long word continues on the next line
        for (var line : checkpoint.strip().split("\\s+")) assertThat(unbroken).contains(line);
        assertThat(text).containsPattern("demo.undersigned.example/register\\+[0-9a-f]{8}\\+\\S{44,}");
        assertThat(key).contains(text.replaceAll(".*(demo.undersigned.example/register\\S+).*", "$1"));
        // Reported figures stand apart, after the proof, with their source.
        var reported = text.indexOf("more than 2,600");
        assertThat(reported).isGreaterThan(text.indexOf("./undersigned recount"));
        assertThat(text.substring(reported)).contains("WGBH News");
        expectSize(packet, sheet);
        assertThat(packet.outside()).isEmpty();
        assertThat(packet.look("packet-" + sheet + "-" + language).stream()
                        .map(PrintedPdf::code)
                        .flatMap(Optional::stream))
                .containsExactly(address(TestInstance.TUFTS), address(TestInstance.TUFTS + "/record"));
    }

    @Test
    @Order(LATE)
    void thePrintedCommandGivesThePrintedNumberWhenMoreHaveSigned() {
        var text = paper(TestInstance.TUFTS + "/packet.pdf").text();
        var command = text.replaceAll(".*\\./undersigned (recount \\S+ \\\\ --at \\d+ \\\\ --key \\S+).*", "$1");
        instance.crowd(10);
        instance.published(33);
        var out = new StringWriter();

        var status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(command.replace("\\ ", "").split(" "));

        assertThat(text).contains("23 Members of the campus");
        assertThat(out.toString()).contains("At 24 of 34 leaves:", "23  member (23 entries, 0 withdrawn)");
        assertThat(status).isZero();
    }

    @Test
    void countsUnder10AreNotPrinted() {
        assertThat(packetOfFew.text())
                .contains("Fewer than 10")
                .doesNotContain("Signatures over time", "4 entries")
                .doesNotContainPattern("\\b3 Members");
        assertThat(paper("/p/lantern-lights/packet.pdf").text()).contains("No number published yet");
    }

    @ParameterizedTest
    @CsvSource({"a4", "letter"})
    void whatIsFarTooLongStillFillsOnePageAndSaysThatMoreIsToRead(String sheet) {
        for (var kind : List.of("flyer", "strips", "poster")) {
            var paper = paper(LONG + "/" + kind + ".pdf?paper=" + sheet);

            assertThat(paper.pages()).as(kind).isEqualTo(1);
            assertThat(paper.outside()).as(kind).isEmpty();
            var picture = paper.look("long-" + kind + "-" + sheet).getFirst();
            if (kind.equals("strips")) {
                assertThat(PrintedPdf.stripCodes(picture)).containsOnly(address(LONG));
            } else {
                assertThat(PrintedPdf.code(picture)).hasValue(address(LONG + (kind.equals("poster") ? "/sign" : "")));
            }
            assertThat(paper.text())
                    .contains(
                            kind.equals("poster")
                                    ? new String[] {"For members of Lantern College"}
                                    : new String[] {"Demand number 1", "more stand on the page", "Nobody can list"});
        }
        var packet = paper(LONG + "/packet.pdf?paper=" + sheet);
        for (var id = 1; id <= MANY; id++) assertThat(packet.text()).contains("Demand number " + id + ":");
        assertThat(packet.text()).contains("<in> \"every\" way & word", "José Núñez");
        assertThat(packet.outside()).isEmpty();
        assertThat(packet.fonts())
                .anyMatch(font -> font.contains("NotoEmoji"))
                .noneMatch(font -> font.contains("missing"));
    }

    @Test
    void everyPaperIsTaggedArchivalAndCarriesItsLetters() {
        for (var name : List.of(
                TestInstance.TUFTS + "/flyer.pdf?lang=es",
                TestInstance.TUFTS + "/strips.pdf?paper=a4",
                TestInstance.TUFTS + "/poster.pdf?lang=es&paper=a4",
                TestInstance.TUFTS + "/packet.pdf",
                WALK + "/flyer.pdf",
                LONG + "/packet.pdf?paper=a4")) {
            var paper = paper(name);

            assertThat(paper.violations(PDFAFlavour.PDFA_2_A)).as(name).isEmpty();
            assertThat(paper.violations(PDFAFlavour.PDFUA_1)).as(name).isEmpty();
            assertThat(paper.fonts()).as(name).isNotEmpty().allMatch(font -> font.matches("[A-Z]{6}\\+Noto[A-Za-z-]+"));
            assertThat(paper.catalog().getAsDict(PdfName.MARKINFO).get(PdfName.MARKED))
                    .hasToString("true");
            assertThat(paper.catalog().get(PdfName.LANG))
                    .hasToString(name.contains("es") && name.contains("lang") ? "es" : "en");
            assertThat(paper.tags()).as(name).contains("H1", "P", "Figure");
            assertThat(paper.title()).as(name).isNotBlank();
        }
        assertThat(paper(TestInstance.TUFTS + "/packet.pdf").tags())
                .contains("H2", "H3", "Table", "TH", "TD", "L", "LI");
    }

    @Test
    void aFlyerInvitesNobodyToWhatIsOff() {
        assertThat(paper("/a/teach-in/flyer.pdf").text())
                .contains("Cancelled", "the hall is closed", "Scan to read more")
                .doesNotContain("you will come");
        assertThat(paper("/a/first-walk/flyer.pdf?lang=es").text()).contains("Ya pasó", "Plaza del puerto");
        assertThat(paper("/l/electors/flyer.pdf").text())
                .contains("The deadline has passed")
                .doesNotContain("write your letter");
    }

    @Test
    void aPaperOnceReadIsNotSentAgainAndChangesOnlyWithWhatItSays() {
        var first = instance.get(TestInstance.TUFTS + "/flyer.pdf?lang=en");
        var etag = first.headers().firstValue("ETag").orElseThrow();
        CLOCK.forward(Duration.ofMinutes(1)); // the server reads the database again

        var again = instance.get(TestInstance.TUFTS + "/flyer.pdf?lang=en", "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(first.headers().firstValue("Vary")).hasValue("Accept-Language, Accept-Encoding");
        assertThat(first.headers().firstValue("Content-Language")).hasValue("en");
        assertThat(instance.get(TestInstance.TUFTS + "/flyer.pdf?lang=en&paper=letter", "If-None-Match", etag)
                        .statusCode())
                .as("Letter is what is printed on if nothing is said")
                .isEqualTo(304);
        assertThat(instance.get(TestInstance.TUFTS + "/flyer.pdf?lang=en&paper=a4", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotThereCannotBePrinted() {
        for (var path : List.of(
                "/p/nowhere/flyer.pdf",
                "/a/nowhere/strips.pdf",
                "/l/nowhere/paper",
                "/p/nowhere/poster.pdf",
                "/p/nowhere/packet.pdf",
                "/a/evening-walk/packet.pdf")) {
            assertThat(instance.get(path).statusCode()).as(path).isEqualTo(404);
        }
        var wrong = instance.get(TestInstance.TUFTS + "/flyer.pdf?paper=a5");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(TestInstance.problem(wrong)).isEqualTo("malformed");
    }

    @Test
    void onePageTellsWhatThereIsToPrint() {
        try (var browser = new TestBrowser()) {
            for (var screen : TestBrowser.Screen.values()) {
                var language = screen == TestBrowser.Screen.PHONE ? "en" : "es";
                var page = browser.person(screen, language);
                for (var path : List.of(TestInstance.TUFTS, WALK)) {
                    page.navigate(instance.url(path + "/paper").toString());
                    TestBrowser.look(page, "paper-" + path.charAt(1) + "-" + language);
                    assertThat(links(page)).as(path).hasSize(path.equals(TestInstance.TUFTS) ? 16 : 8);
                }
                for (var link : links(page))
                    assertThat(instance.get(link).statusCode()).as(link).isEqualTo(200);
            }
        }
    }

    private static List<String> links(Page page) {
        return page.locator("article a").all().stream()
                .map(link -> link.getAttribute("href"))
                .toList();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void nobodyIsAskedToSignWhatIsClosed() {
        CLOCK.forward(Duration.between(CLOCK.instant(), instance.box().closes()).plusMinutes(1));

        assertThat(instance.get(TestInstance.TUFTS + "/poster.pdf").statusCode())
                .isEqualTo(404);
        assertThat(paper(TestInstance.TUFTS + "/flyer.pdf").text())
                .contains("This petition is closed.")
                .doesNotContain("sign this", "read and sign");
        assertThat(paper(TestInstance.TUFTS + "/packet.pdf").text()).contains("33 Members of the campus");
    }
}
