package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.PrintedPdf;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// J6 (write): letters composed, printed and mailed on the writer's device, before a deadline.
final class LetterJourneyTest {
    private static final Instant DEADLINE = Instant.parse("2040-12-19T17:00:00Z"); // as in the example's document

    private static final double ROOM_TO_SIGN = 16 * 72 / 25.4; // points

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static Page open(String language) {
        var page = browser.person(TestBrowser.Screen.DESKTOP, language);
        page.navigate(
                instance.url(ExampleCampaign.REGENTS + "?lang=" + language).toString());
        page.evaluate("() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; }");
        return page;
    }

    private static int printedPages(Page page) throws Exception {
        try (var pdf = Loader.loadPDF(page.pdf())) {
            return pdf.getNumberOfPages();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void j6ALetterIsWrittenAndPrintedAndTheServerNeverSeesIt(String language) throws Exception {
        var spanish = language.equals("es");
        var page = open(language);
        assertThat(page.getByTestId("letter-preview")).containsText(spanish ? "A. Example:" : "Dear A. Example,");
        var asked = new ArrayList<String>();
        page.onRequest(request -> {
            // a count that changes meanwhile makes every open page read its own address again
            var isReadAgain = request.method().equals("GET") && request.url().equals(page.url());
            if (!isReadAgain) asked.add(request.method() + " " + request.url());
        });
        page.getByTestId("letter-own").fill("My sister walks home at one in the morning.");
        page.getByTestId("letter-writer").fill("Ada Writer");
        assertThat(page.getByTestId("letter-preview"))
                .containsText(
                        spanish
                                ? "Le pido que vote a favor del autobús nocturno."
                                : "I ask you to vote for the night bus.");
        assertThat(page.getByTestId("letter-preview")).containsText("My sister walks home");
        assertThat(page.locator("blockquote.template")).not().containsText("My sister");
        assertThat(page.getByTestId("letter-open-mail"))
                .hasAttribute(
                        "href",
                        Pattern.compile("mailto:chair@regents\\.example\\?subject=[^&]+&body=.*%0D%0A.*"
                                + "My%20sister%20walks%20home%20at%20one%20in%20the%20morning\\..*Ada%20Writer"));
        TestBrowser.look(page, "letter");
        page.getByTestId("letter-print-all").click();
        assertThat(page.evaluate("() => window.printed")).isEqualTo(1);
        assertThat(page.locator("#letters > article")).hasCount(3);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("#letters > article").first()).isVisible();
        assertThat(page.getByTestId("letter-own")).isHidden();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));

        page.getByTestId("letter-group").selectOption(spanish ? "Electores de Colorado" : "Electors of Colorado");
        assertThat(page.getByTestId("letter-preview"))
                .containsText(spanish ? "Elector presidencial:" : "Dear Presidential elector,");
        page.getByTestId("letter-name").fill("C. Elector");
        assertThat(page.getByTestId("letter-preview")).containsText("C. Elector");
        page.getByTestId("letter-own").fill("word ".repeat(600));
        page.getByTestId("letter-open-mail").click();
        assertThat(page.getByTestId("letter-status")).containsText(spanish ? "demasiado larga" : "too long");

        assertThat(asked).isEmpty();
        assertThat(page.locator(".counted a.button")).containsText(spanish ? "Envié la mía" : "I sent mine");
    }

    @Test
    void whatIsFilledInForOneRecipientStaysWithThatOneAndIsPrinted() throws Exception {
        var page = open("en");
        page.getByTestId("letter-to").selectOption("1");
        page.getByTestId("letter-name").fill("B. Corrected");
        page.getByTestId("letter-to").selectOption("0");
        assertThat(page.getByTestId("letter-name")).hasValue("A. Example");
        page.getByTestId("letter-to").selectOption("1");
        assertThat(page.getByTestId("letter-name")).hasValue("B. Corrected");

        page.getByTestId("letter-print-all").click();

        assertThat(page.locator("#letters > article").nth(1)).containsText("B. Corrected");
        assertThat(page.locator("#letters > article").nth(0)).containsText("A. Example");
        assertThat(printedPages(page)).isEqualTo(3);
    }

    @Test
    void theBrowsersOwnPrintCommandPrintsTheLetterAsItStandsNow() throws Exception {
        var page = open("en");
        page.getByTestId("letter-own").fill("First words.");
        page.getByTestId("letter-print").click();
        page.evaluate("() => dispatchEvent(new Event('afterprint'))");
        page.getByTestId("letter-own").fill("Later words.");

        page.evaluate("() => dispatchEvent(new Event('beforeprint'))"); // Ctrl+P fires this event first

        assertThat(page.locator("#letters > article")).hasCount(1);
        assertThat(page.locator("#letters")).containsText("Later words.");
        assertThat(page.locator("#letters")).not().containsText("First words.");
        assertThat(printedPages(page)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"A4, en", "A4, es", "Letter, en", "Letter, es"})
    void aPrintedLetterIsReadAloudInOrderAndLeavesRoomToSign(String sheet, String language) {
        var spanish = language.equals("es");
        var page = open(language);
        page.getByTestId("letter-own").fill("My sister walks home at one in the morning.");
        page.getByTestId("letter-writer").fill("Ada Writer");
        page.getByTestId("letter-print-all").click();

        var paper =
                new PrintedPdf(page.pdf(new Page.PdfOptions().setFormat(sheet).setTagged(true)));

        assertThat(paper.pages()).isEqualTo(3);
        assertThat(paper.readAloud())
                .containsSubsequence(
                        "P Ada Writer",
                        spanish ? "P Estimado/a A. Example:" : "P Dear A. Example,",
                        spanish
                                ? "P Le pido que vote a favor del autobús nocturno."
                                : "P I ask you to vote for the night bus.",
                        "P My sister walks home at one in the morning.",
                        "P Ada Writer");
        assertThat(paper.text().replace(" ", "")) // the machine's font decides which gaps count as spaces
                .contains("Mysisterwalkshomeatoneinthemorning.");
        assertThat(paper.outside()).isEmpty();
        var lines = paper.letters().stream()
                .filter(letter -> letter.page() == 1)
                .mapToDouble(letter -> letter.room().getMinY())
                .distinct()
                .toArray();
        assertThat(lines[lines.length - 2] - lines[lines.length - 1])
                .as("points from the closing words to the name")
                .isGreaterThan(ROOM_TO_SIGN);
        paper.look("letter-" + sheet.toLowerCase(Locale.ROOT) + "-" + language);
    }

    @Test
    void afterTheDeadlineTheLetterAndItsRecipientsCanBePrinted() {
        var page = browser.person(TestBrowser.Screen.DESKTOP, "en");
        page.navigate(instance.url("/l/electors?lang=en").toString());

        var paper = new PrintedPdf(page.pdf(new Page.PdfOptions().setTagged(true)));

        assertThat(paper.text().replace(" ", "")) // the browser places letters one by one
                .contains("Thedeadlinehaspassed", "Iwritetoyouasanelector", "Presidentialelector");
        paper.look("letter-over");
    }

    @Test
    void aLongLetterIsSetSmallerToStayOnItsPageAndATooLongOneIsSaidToBe() throws Exception {
        var page = open("en");
        page.getByTestId("letter-own").fill("Every night my sister walks home alone. ".repeat(60)); // 420 words
        assertThat(page.getByTestId("letter-status")).hasText("");
        page.getByTestId("letter-print").click();
        assertThat(page.locator("#letters > article.letter-small")).hasCount(1);
        assertThat(printedPages(page)).isEqualTo(1);

        page.getByTestId("letter-own").fill("Every night she walks. ".repeat(170));

        assertThat(page.getByTestId("letter-status")).containsText("longer than one page");
    }

    @Test
    void theLetterIsCopiedOrAnErrorIsShown() {
        var page = open("en");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.getByTestId("letter-own").fill("My sister walks home at one.");
        page.getByText("Copy the words").click();
        assertThat(page.getByTestId("letter-status")).containsText("Copied");
        assertThat((String) page.evaluate("() => navigator.clipboard.readText()"))
                .contains("Dear A. Example,")
                .contains("My sister walks home at one.");

        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); }");
        page.getByText("Copy the words").click();

        assertThat(page.getByTestId("letter-status")).containsText("could not be copied");
    }

    @Test
    void leavingAnUnsentLetterAsksForConfirmation() {
        var page = open("en");
        var asked = new ArrayList<String>();
        page.onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.accept();
        });
        page.reload();
        assertThat(asked).isEmpty();
        page.getByTestId("letter-own").click(); // browsers ask only after input by the user
        page.keyboard().type("My sister walks home at one.");

        page.reload();

        assertThat(asked).containsExactly("beforeunload");
    }

    @Test
    void daysAreCountedByTheCalendarOfTheDrivesPlace() {
        var clock = new MovableClock();
        try (var later = TestInstance.ofExample().at(clock).start()) {
            clock.forward(Duration.between(Instant.now(), DEADLINE.minus(Duration.ofHours(30))));
            assertThat(TestInstance.text(later.get(ExampleCampaign.REGENTS))).contains("<strong>One day left</strong>");
            assertThat(TestInstance.text(later.get(ExampleCampaign.REGENTS + "?lang=es")))
                    .contains("<strong>Falta un día</strong>");

            clock.forward(Duration.ofHours(29));
            assertThat(TestInstance.text(later.get(ExampleCampaign.REGENTS)))
                    .contains("<strong>Today is the last day.</strong>")
                    .contains("Mountain Standard Time")
                    .contains("id=\"compose\"");

            clock.forward(Duration.ofHours(2));
            assertThat(TestInstance.text(later.get(ExampleCampaign.REGENTS)))
                    .contains("The deadline has passed")
                    .doesNotContain("id=\"compose\"");
        }
    }
}
