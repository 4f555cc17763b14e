package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.record.Manifest;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.PrintedPdf;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;
import org.undersigned.server.support.Visitor;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/// J1 with cards: an organizer prints cards, a student is handed one at a table, draws with it and signs; it counts in
/// a class of its own, and the unused cards are cancelled in public.
final class CardJourneyTest {
    private static final String PATH = "/c/tufts.edu/card";
    private static final double SHEET_WIDTH = 215.9; // millimetres: letter
    private static final double MARGIN = 14;
    private static final double CARD_WIDTH = 90;
    private static final double CARD_HEIGHT = 82;

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    final TestBrowser browser = new TestBrowser();

    @TempDir
    Path folder = Path.of("");

    private static CommandRun cards(String... arguments) {
        var environment = new HashMap<>(instance.environment());
        environment.put("PUBLIC_URL", instance.publicUrl());
        return CommandRun.of(
                environment,
                Stream.of(
                                Stream.of("cards"),
                                Stream.of(arguments),
                                Stream.of("--data", instance.data().toString()))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    private Path make(int count, String... more) {
        var file = folder.resolve("cards-" + System.nanoTime() + ".pdf");
        var arguments = new ArrayList<>(List.of("make", "tufts.edu", String.valueOf(count), file.toString()));
        arguments.addAll(List.of(more));
        cards(arguments.toArray(String[]::new)).isDone();
        return file;
    }

    /// The addresses that a phone reads from the cards of a PDF, one card after another.
    private static List<String> scanned(Path pdf, String name) throws IOException {
        var addresses = new ArrayList<String>();
        for (var sheet : new PrintedPdf(Files.readAllBytes(pdf)).look(name)) {
            for (var row = 0; row < 3; row++) {
                for (var column = 0; column < 2; column++) {
                    PrintedPdf.code(inside(sheet, column, row)).ifPresent(addresses::add);
                }
            }
        }
        return addresses;
    }

    /// The half of a card that has its code.
    private static BufferedImage inside(BufferedImage sheet, int column, int row) {
        var scale = sheet.getWidth() / SHEET_WIDTH;
        return sheet.getSubimage(
                (int) ((MARGIN + column * CARD_WIDTH) * scale),
                (int) ((MARGIN + row * CARD_HEIGHT) * scale),
                (int) (CARD_WIDTH / 2 * scale),
                (int) (CARD_WIDTH / 2 * scale));
    }

    /// Opens what the phone's camera leads to.
    private static Visitor scan(Page page, String language, String address) {
        assertThat(address).startsWith(instance.publicUrl() + PATH + "#");
        var visitor = new Visitor(instance, page, language);
        page.navigate(
                instance.url(address.substring(instance.publicUrl().length())).toString());
        return visitor;
    }

    @ParameterizedTest
    @CsvSource({"PHONE, en, Your card is used, waits for others", "DESKTOP, es, Su tarjeta está usada, espera a otras"})
    void aStudentSignsWithACardFromATable(TestBrowser.Screen screen, String language, String used, String waits)
            throws IOException {
        var pdf = make(10, "--language", language);
        var card = scanned(pdf, "cards-" + language).getFirst();
        var page = browser.person(screen, language);
        var visitor = scan(page, language, card);
        var code = card.substring(card.indexOf('#') + 1);

        assertThat(page.getByTestId("card")).hasValue(code);
        assertThat(page.url()).doesNotContain(code);
        TestBrowser.look(page, "card-" + language);
        visitor.click("next").waitForStatus(used);
        TestBrowser.look(page, "card-used-" + language);
        assertThat(visitor.posts("/code")).isZero();
        page.getByRole(AriaRole.MAIN)
                .locator("a[href^='" + TestInstance.TUFTS + "/sign']")
                .click();
        visitor.click("book-mine").waitFor("reveal-nothing").sign("now");
        visitor.waitForStatus(waits);

        assertThat(visitor.posts("/draw/card")).isEqualTo(1);
        // no address of any request has it
        assertThat(visitor.sent().stream().filter(sent -> sent.startsWith("http")))
                .noneMatch(url -> url.contains(code));
        visitor.loadedFromNowhereElse();
    }

    @Test
    void theCountOfCardsIsPublicFromTheFirstOnToTheEnd() throws IOException {
        var before = instance.recount().count(Manifest.IN_PERSON);
        var addresses = scanned(make(12), "cards-count");
        for (var address : addresses.subList(0, 10)) {
            var page = browser.person(TestBrowser.Screen.PHONE, "en");
            var visitor = scan(page, "en", address);
            visitor.click("next").waitForStatus("Your card is used");
            visitor.openSigning().click("book-mine").waitFor("reveal-nothing").sign("now");
            isPromised(page);
            page.context().close();
        }
        instance.await("ten are published", () -> instance.recount().count(Manifest.IN_PERSON) >= before + 10);

        assertThat(instance.recount().ok()).as(instance.recount().toString()).isTrue();
        assertThat(TestInstance.text(instance.get(TestInstance.TUFTS))).contains("by code card");
        for (var batch : cards("list").isDone().out().lines().toList()) {
            cards("cancel", batch.substring(0, 8)).isDone();
        }
        assertThat(cards("list").out()).isEqualTo("No cards can be used." + System.lineSeparator());
        var late = scan(browser.person(TestBrowser.Screen.PHONE, "en"), "en", addresses.getLast());
        late.click("next");
        assertThat(late.page.getByRole(AriaRole.ALERT)).containsText("its time is over");
        assertThat(late.page.getByTestId("card")).not().hasValue("");
        var report = instance.recount();
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.toString()).contains("cards made in", "of them cancelled");
    }

    @Test
    void whatIsWrongWithACardIsSaidAndNothingTypedIsLost() throws IOException {
        var address = scanned(make(10), "cards-wrong").getFirst();
        var first = scan(browser.person(TestBrowser.Screen.PHONE, "en"), "en", address);
        first.click("next").waitForStatus("Your card is used");
        var page = browser.person(TestBrowser.Screen.PHONE, "en");
        var visitor = new Visitor(instance, page, "en").open(PATH);

        alertAfter(page, "", "has 28 letters and digits");
        alertAfter(page, "ABCD 1234", "has 28 letters and digits");
        alertAfter(page, "0123 4567 89AB CDEF GHJK MNPQ RSTV", "A letter or digit of this code is wrong");
        var code = address.substring(address.indexOf('#') + 1);
        alertAfter(page, code.toLowerCase(java.util.Locale.ROOT), "This card was used before");
        TestBrowser.look(page, "card-wrong");
        assertThat(visitor.posts("/draw/card")).isEqualTo(1);
        // who was handed a card finds the way from the petition, too
        visitor.openSigning().click("have-card").waitFor("card");
    }

    /// Their phone is gone before they signed: card and recovery code together give the same book again, without
    /// a mail.
    @Test
    void whoLosesTheirPhoneGetsTheSameBookWithCardAndRecoveryCode() throws IOException {
        var address = scanned(make(10), "cards-recovery").getFirst();
        var phone = scan(browser.person(TestBrowser.Screen.PHONE, "en"), "en", address);
        phone.click("next").waitForStatus("Your card is used");
        phone.page.navigate(instance.url("/mine?lang=en#recovery").toString());
        phone.page.getByTestId("recovery-show").first().click();
        var code = phone.page.getByTestId("recovery-code").first().textContent();

        var page = browser.person(TestBrowser.Screen.DESKTOP, "en");
        var other = scan(page, "en", address).click("have-recovery");
        page.getByTestId("recovery").fill(code);
        other.click("next").waitFor("card");
        assertThat(page.getByTestId("card")).hasValue(address.substring(address.indexOf('#') + 1));
        other.click("next").waitForStatus("Your card is used");
        other.openSigning().click("book-mine").waitFor("reveal-nothing").sign("now");
        isPromised(page);
        assertThat(other.posts("/code")).isZero();
    }

    /// The promise has come, or even the proof.
    private static void isPromised(Page page) {
        assertThat(page.getByTestId("status")).containsText(Pattern.compile("waits for others|counted|in the record"));
    }

    private static void alertAfter(Page page, String typed, String alert) {
        page.getByTestId("card").fill(typed);
        page.getByTestId("next").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText(alert);
        assertThat(page.getByTestId("card")).hasValue(typed);
    }

    @Test
    void thePdfIsForItsOwnerAndReadAloud() throws IOException {
        var pdf = make(13, "--paper", "a4");
        var printed = new PrintedPdf(Files.readAllBytes(pdf));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pdf)))
                .isEqualTo("rw-------");
        assertThat(printed.pages()).isEqualTo(3);
        assertThat(printed.violations(PDFAFlavour.PDFA_2_A)).isEmpty();
        assertThat(printed.violations(PDFAFlavour.PDFUA_1)).isEmpty();
        assertThat(printed.fonts()).noneMatch(font -> font.endsWith("is missing"));
        assertThat(printed.outside()).isEmpty();
        assertThat(printed.pageText(1)).contains("One card, one person, once", "tufts.edu");
        var letter = scanned(make(12), "cards-letter");
        assertThat(new HashSet<>(letter)).hasSize(12);
        assertThat(instance.query("SELECT count(*) FROM roll.card")).isNotEqualTo(List.of("0"));
    }

    @Test
    void aWrongCommandMakesNothing() throws IOException {
        var existing = Files.createFile(folder.resolve("there.pdf"));
        var made = instance.register().cards().size();

        cards("make", "tufts.edu", "10", existing.toString()).isRefused("exists already; nothing was made");
        var file = folder.resolve("new.pdf").toString();
        cards("make", "nowhere.edu", "10", file).isRefused("no campus nowhere.edu");
        cards("make", "tufts.edu", "9", file).isRefused("the number of cards must be from 10 to 2000");
        cards("make", "tufts.edu", "10", file, "--until", "2016-11-09").isRefused("--until must not be over");
        cards("make", "tufts.edu", "10", file, "--paper", "a5").isRefused("--paper must be letter or a4");
        cards("make", "tufts.edu", "10", folder.resolve("no/such/folder.pdf").toString())
                .isRefused("cannot be written; nothing was made");
        cards("cancel", "abcd2345").isRefused("no cards of a batch with this name can be used");

        assertThat(folder.resolve("new.pdf")).doesNotExist();
        assertThat(instance.register().cards()).hasSize(made);
    }
}
