package org.undersigned.server.publish.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignParser;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.box.PublicStatement;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageRenderer;
import org.undersigned.server.site.TestPages;
import org.undersigned.server.site.view.PetitionPage;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.PrintedPdf;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/// Tests the positions of texts on a sheet, for short and long texts.
final class PaperLayoutTest {
    private static final Instant DAY = Instant.parse("2016-11-16T12:00:00Z");
    private static final String SITE = "https://undersigned.demo-campus.example.org";
    private static final double MARGIN = 14 * 72 / 25.4; // points
    private static final int STRIPS = 8;

    private static final Instant NOON = Instant.parse("2040-11-10T12:00:00Z");
    private static final String PETITION = "/p/lantern-lights";
    private static final PetitionPage WHAT = what("Lights");
    private static final String NOTE = "sign.example/box/a\n100\nroot=\n\n— sign.example/box/a signature=\n";
    private static final String KEY = "sign.example/register+5ee5f68f+ASa4qDVeAkSMcEAOmKLpkat4hVOSCnOWuHgzkOGTpBAl";
    private static final List<PublicStatement> REMARKS = List.of(
            new PublicStatement("Ada Lovelace", "I walk home at one.\nEvery night.", 1),
            new PublicStatement(null, "So do I.", 0));
    private static final String LONG =
            "Lights on every path, a bus at night and an answer in writing before the term ends, for everybody who "
                    + "studies, works or lives at Lantern College, at Harbor University and on the streets between them. ";

    private final PageRenderer renderer = new PageRenderer();
    private final PdfRenderer pdf = new PdfRenderer();

    private static PageContext page(String language) {
        return TestPages.of(language, SITE);
    }

    private PrintedPdf printed(String template, PageContext page, Map<String, Object> values) {
        return new PrintedPdf(pdf.print(renderer.render(template, page, values), DAY));
    }

    private PrintedPdf printed(Packet packet, PageContext page, PaperSize size) {
        return printed("paper-packet", page, Map.of("packet", packet, "sheet", size));
    }

    private static PetitionPage what(String title) {
        var campaign = ExampleCampaign.campaign();
        var one = campaign.petition("lantern-lights").orElseThrow();
        var petition = new Campaign.Petition(
                one.slug(),
                one.campus(),
                new LocalizedText(title, title),
                one.by(),
                one.text(),
                one.note(),
                one.demands(),
                one.source());
        return new PetitionPage(
                campaign,
                petition,
                campaign.campus(one.campus()).orElseThrow(),
                PetitionPage.asToday(campaign, petition));
    }

    /// Counts with five published batches for each class, at intervals of `apart`.
    private static BoxCounts counted(int classes, Duration apart) {
        var names = List.of("member", "in-person", "supporter").subList(0, classes);
        var batches = names.stream()
                .flatMap(cls -> IntStream.range(0, 5)
                        .mapToObj(i ->
                                new Boxes.Batch(cls, 20 * (i + 1), NOON.plus(apart.multipliedBy(i)), 12 + 13L * i * i)))
                .toList();
        var counts = names.stream()
                .map(cls -> new Boxes.ClassCount(cls, 221, 1, List.of()))
                .toList();
        return new BoxCounts("box", 100, true, NOON, counts, List.of("student"), batches, List.of());
    }

    private static Packet packet(String title, int classes, Duration apart, List<PublicStatement> statements) {
        return new Packet(what(title), counted(classes, apart), NOTE, NOON, KEY, SITE + PETITION, statements, false);
    }

    private static Flyer flyer(String title, String path) {
        return new Flyer(
                "Petition · Lantern College",
                List.of(),
                title,
                List.of(),
                "We ask for safe ways home.",
                "What it asks",
                List.of("Light every path.", "Run a bus at night."),
                0,
                List.of(),
                "Scan to read and sign",
                "Your name and address stay yours. Nobody can list who signed.",
                "By students",
                SITE + path);
    }

    /// A reader could subtract the shown numbers from the record's length, and so learn a number that must not be
    /// shown.
    @Test
    void aPacketWithAFewSignaturesTellsNeitherTheirNumberNorTheRecordsLength() {
        var few = new Boxes.ClassCount("member", 4, 0, List.of());
        var batch = new Boxes.Batch("member", 5, NOON, 4);
        var counted = new BoxCounts("box", 5, true, NOON, List.of(few), List.of(), List.of(batch), List.of());
        var note = NOTE.replace("100", "5");
        var packet = new Packet(WHAT, counted, note, NOON, KEY, SITE + PETITION, List.of(), false);

        var text = printed(packet, page("en"), PaperSize.A4).text();

        assertThat(text).contains("Fewer than 10", "a recount reads it", "./undersigned recount " + SITE);
        assertThat(text).doesNotContain("--at", "root=", "4 Members", "5 entries");
    }

    @Test
    void aScreenReaderComesToEachThingWhereItBelongs() {
        var flyer = flyer("Lights", "/p/lights");
        var values = Map.<String, Object>of("flyer", flyer, "sheet", PaperSize.LETTER, "scale", 1.0);
        var code = "Figure QR code for " + SITE + "/p/lights";
        var said = List.of(
                "P Petition · Lantern College",
                "H1 Lights",
                "P We ask for safe ways home.",
                "H2 What it asks",
                "LBody Light every path.",
                "LBody Run a bus at night.",
                "P By students",
                code,
                "P Scan to read and sign",
                "P " + flyer.displayAddress(),
                "P Your name and address stay yours. Nobody can list who signed.");
        assertThat(printed("paper-flyer", page("en"), values).readAloud().stream()
                        .map(one -> one.replace("\n", "")))
                .containsExactlyElementsOf(said);

        var strips = printed("paper-strips", page("en"), values).readAloud();
        assertThat(strips.subList(0, said.size())).isEqualTo(said);
        assertThat(strips.subList(said.size(), strips.size()))
                .isEqualTo(
                        Collections.nCopies(STRIPS, List.of(code, "P Lights", "P " + flyer.displayAddress())).stream()
                                .flatMap(List::stream)
                                .toList());
    }

    @Test
    void aPacketsCodesAndHeadingsComeWhereTheirWordsAre() {
        var packet = printed(packet("Lights", 3, Duration.ofDays(3), REMARKS), page("en"), PaperSize.LETTER);

        assertThat(packet.violations(PDFAFlavour.PDFA_2_A)).isEmpty();
        assertThat(packet.violations(PDFAFlavour.PDFUA_1)).isEmpty();
        assertThat(packet.links()).containsExactly(SITE + PETITION, SITE + PETITION + "/record");
        assertThat(packet.bookmarks())
                .containsExactly(
                        "Counted", "Receipt", "The petition", "Signatures by class", "Names and comments", "The proof");
        assertThat(packet.readAloud())
                .containsSubsequence(
                        "P Petition · Lantern Walk",
                        "P To the administration of Lantern College",
                        "H1 Lights",
                        "P Who wrote or signed it, as reported: The Lantern Committee",
                        "P Contact: The Lantern Office, Harbor Hall 12, weekdays from 2 to 4 p.m.",
                        "H2 Counted",
                        "P 220 Members of the campus, by campus e-mail",
                        "Figure QR code for " + SITE + PETITION,
                        "P This code leads to the petition.",
                        "H2 Receipt",
                        "P Received by",
                        "P Signature",
                        "H2 The petition",
                        "H2 Signatures by class",
                        "TD 220",
                        "H2 Names and comments",
                        "H2 The proof",
                        "Figure QR code for " + SITE + PETITION + "/record",
                        "P This code leads to the record.",
                        "H3 Recount it yourself");
    }

    @ParameterizedTest
    @CsvSource({"A4, en", "A4, es", "LETTER, en", "LETTER, es"})
    void theCoverHoldsTheReceiptHoweverMuchStandsAboveIt(PaperSize size, String language) {
        for (var title : List.of("Lights", LONG, LONG.repeat(2))) {
            var paper = printed(packet(title, 3, Duration.ofDays(3), REMARKS), page(language), size);
            var cover = paper.pageText(1);

            for (var line : List.of("receivedBy", "office", "date", "signature"))
                assertThat(cover).contains(page(language).t("paper.packet." + line));
            assertThat(cover).contains(page(language).t("record.class.supporter"));
            assertThat(paper.outside()).isEmpty();
            paper.look("packet-three-" + title.length() + "-" + size.word() + "-" + language);
        }
    }

    @Test
    void aChartSaysFromWhenToWhenAndNoTwoMomentsReadAlike() {
        var days = printed(packet("Lights", 1, Duration.ofDays(3), List.of()), page("en"), PaperSize.A4)
                .readAloud();
        var seconds = printed(packet("Lights", 1, Duration.ofSeconds(20), List.of()), page("en"), PaperSize.A4)
                .readAloud();

        assertThat(days)
                .containsSubsequence(
                        "P 0",
                        "P November 10, 2040, 5:00\u202fAM",
                        "P November 22, 2040, 5:00\u202fAM",
                        "TH Published (Mountain Standard Time)",
                        "TD November 10, 2040, 5:00\u202fAM",
                        "TD 12");
        assertThat(seconds).contains("TD November 10, 2040, 5:00:20\u202fAM", "TD November 10, 2040, 5:00:40\u202fAM");
        assertThat(seconds).filteredOn(one -> one.startsWith("TD November")).doesNotHaveDuplicates();
        var clocksChanged = new Packet(WHAT, counted(1, Duration.ofDays(100)), NOTE, NOON, KEY, SITE, List.of(), false);
        assertThat(printed(clocksChanged, page("es"), PaperSize.A4).readAloud())
                .anyMatch(one -> one.startsWith("TH Publicado (") && !one.contains("estándar"));
    }

    @Test
    void whereNoNumberIsPublishedItIsSaidInASentence() {
        var counted = new BoxCounts(
                "box",
                1,
                true,
                NOON,
                List.of(new Boxes.ClassCount("member", 0, 0, List.of())),
                List.of(),
                List.of(),
                List.of());
        var packet = new Packet(WHAT, counted, NOTE, null, KEY, SITE + PETITION, List.of(), false);

        assertThat(printed(packet, page("en"), PaperSize.A4).readAloud())
                .containsSubsequence(
                        "H2 Counted", "P No number published yet.", "P Numbers appear with the first published group.")
                .noneMatch(one -> one.startsWith("P No number published yet Members"));
    }

    @Test
    void whatOthersPrintedIsInTheirLanguageAndTranslated() throws IOException {
        var campaign = CampaignParser.parse(Files.readString(Path.of("src/main/resources/demo/sanctuary-campus.json")));
        var petition = campaign.petition("tufts-sanctuary").orElseThrow();
        var what = new PetitionPage(
                campaign,
                petition,
                campaign.campus(petition.campus()).orElseThrow(),
                PetitionPage.asToday(campaign, petition));
        var packet = new Packet(what, counted(1, Duration.ofDays(1)), NOTE, NOON, KEY, SITE, List.of(), false);

        assertThat(printed(packet, page("es"), PaperSize.LETTER).readAloud())
                .containsSubsequence("H2 Según las noticias", "P(en) “more than 2,600”", "P más de 2,600");
    }

    @Test
    void eachStripHoldsItsAddressWholeAndNoLetterCrossesACutLine() {
        for (var size : PaperSize.values()) {
            expectStrips(
                    "Make the University of Southern California a sanctuary for all", "/p/usc-sanctuary-campus", size);
            expectStrips("Lights", "/a/walk", size);
            expectStrips("W".repeat(60), "/l/" + "letter-to-the-regents-".repeat(4) + "now", size);
        }
    }

    private void expectStrips(String title, String path, PaperSize size) {
        var flyer = flyer(title, path);
        var paper = printed("paper-strips", page("en"), Map.of("flyer", flyer, "sheet", size, "scale", 1.0));
        var width = (size == PaperSize.A4 ? PrintedPdf.A4_WIDTH : PrintedPdf.LETTER_WIDTH) - 2 * MARGIN;
        var turned = paper.letters().stream()
                .filter(letter -> letter.turned() != 0)
                .collect(Collectors.groupingBy(
                        letter -> (int) ((letter.room().getCenterX() - MARGIN) / width * STRIPS)));
        assertThat(turned).containsOnlyKeys(IntStream.range(0, STRIPS).boxed().toList());
        turned.forEach((strip, letters) -> {
            var from = MARGIN + strip * width / STRIPS;
            assertThat(letters).as(title).allSatisfy(letter -> {
                assertThat(letter.room().getMinX()).isGreaterThan(from);
                assertThat(letter.room().getMaxX()).isLessThan(from + width / STRIPS);
                assertThat(letter.room().getMinY()).isGreaterThan(24);
            });
            var text = letters.stream().map(PrintedPdf.Letter::text).collect(Collectors.joining());
            assertThat(text)
                    .endsWith(flyer.displayAddress())
                    .startsWith(title.substring(0, Math.min(10, title.length())));
        });
        assertThat(flyer.stripAddress().lines()).noneMatch(line -> line.endsWith("-"));
    }
}
