package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// J4 (coordinate) to J8 (check the figures) for readers: a student, a supporter, an administrator and a journalist
/// read an imported campaign that has every part.
final class ReaderJourneysTest {
    private static final String WALK = "/k/lantern-walk";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static Page open(TestBrowser.Screen screen, String language, String path) {
        var page = browser.person(screen, language);
        page.navigate(instance.url(path + "?lang=" + language).toString());
        return page;
    }

    private static String page(String path) {
        return TestInstance.text(instance.get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void j4OneListAndOneCalendarTellWhatHappensWhere(String language) throws Exception {
        var spanish = language.equals("es");
        var page = open(TestBrowser.Screen.PHONE, language, WALK);
        page.getByText(spanish ? "Acciones" : "Actions").first().click();
        assertThat(page.locator("article")).hasCount(3);
        assertThat(page.locator(".state-cancelled")).containsText(spanish ? "cancelada" : "cancelled");
        page.getByText(spanish ? "Marcha de la tarde" : "Evening walk").click();
        assertThat(page.locator("main")).containsText(spanish ? "6:30 p.m." : "6:30 PM");
        assertThat(page.locator(".route li")).hasCount(3);
        assertThat(page.locator("main"))
                .containsText(
                        spanish ? "La marcha empieza media hora más tarde" : "The walk begins half an hour later");
        assertThat(page.locator("main")).containsText(spanish ? "Conozca sus derechos" : "Know your rights");

        var calendar = new CalendarBuilder()
                .build(new ByteArrayInputStream(
                        instance.get(WALK + "/actions.ics").body()));
        assertThat(calendar.<VEvent>getComponents("VEVENT")).hasSize(3);
        var text = TestInstance.text(instance.get(WALK + "/actions.ics?lang=" + language));
        assertThat(text)
                .contains("DTSTART;TZID=America/Denver:20401116T183000")
                .contains("DURATION:PT1H30M")
                .contains("STATUS:CANCELLED")
                .contains("DTSTART;VALUE=DATE:20401117")
                .contains("SEQUENCE:1");
        assertThat(TestInstance.text(instance.get("/a/evening-walk/action.ics")))
                .contains("UID:", "/a/evening-walk");
    }

    @ParameterizedTest
    @CsvSource({"PHONE, en, 10", "DESKTOP, es, 20"})
    void j5SomebodyPledgesToComeWithoutBeingListed(TestBrowser.Screen screen, String language, int coming)
            throws Exception {
        var spanish = language.equals("es");
        var page = open(screen, language, "/a/evening-walk");
        TestBrowser.look(page, "action");
        page.locator("a.button").click();
        assertThat(page.getByTestId("email")).isVisible();
        for (var elsewhere : List.of("somebody@elsewhere.example", "somebody@students.harbor.example")) {
            page.getByTestId("email").fill(elsewhere);
            page.keyboard().press("Enter");
            assertThat(page.locator("[role=alert]"))
                    .containsText(spanish ? "uno de estos dominios: lantern" : "one of these: lantern");
            assertThat(page.getByTestId("email")).hasValue(elsewhere); // nothing typed is lost
        }
        page.getByTestId("email").fill("host!somebody@hu.example");
        page.keyboard().press("Enter");
        assertThat(page.locator("[role=alert]")).containsText(spanish ? "Antes de la @" : "Before the @");
        TestBrowser.look(page, "sign-address-refused");
        var address = "walker-" + language + "@hu.example"; // the second domain of the second campus
        page.getByTestId("email").fill(address);
        page.keyboard().press("Enter");
        page.getByTestId("code").fill(instance.code(address));
        page.getByTestId("next").click();
        page.getByTestId("next").click();
        assertThat(page.getByTestId("next")).containsText(spanish ? "iré" : "I will come");
        page.getByTestId("when-now").check();
        page.getByTestId("next").click();
        assertThat(page.getByTestId("status")).containsText(spanish ? "espera a otras" : "waits for others");

        for (var i = 0; i < 9; i++) pledge("walker" + i + "-" + language + "@lantern.example");

        assertThat(page.getByTestId("status"))
                .containsText(spanish ? "está en el registro público" : "is in the public record");
        page.navigate(instance.url("/a/evening-walk?lang=" + language).toString());
        assertThat(page.locator(".number"))
                .containsText(coming + (spanish ? " dicen que irán" : " say they will come"));
        var report = org.undersigned.record.recount.Recount.run(site(), box("/a/evening-walk"));
        assertThat(report.ok()).as(report.checks().toString()).isTrue();
        assertThat(report.count("member")).isEqualTo(coming);
    }

    private static HttpSite site() {
        return new HttpSite(instance.url("/"), new CheckedClient());
    }

    private static void pledge(String address) throws IOException {
        var site = site();
        var identity = Signer.instance(site);
        var book = Signer.fetchBook(site, identity, "lantern.example");
        var signer = new Signer(site, identity, "lantern.example", address, Wallet.inMemory(), new SecureRandom());
        signer.requestCode();
        signer.draw(book, instance.code(address));
        var box = book.manifests().stream()
                .filter(one -> one.subject().path().equals("/a/evening-walk"))
                .findFirst()
                .orElseThrow();
        var _ = signer.cast(box, 0, null);
    }

    private static org.undersigned.record.BoxId box(String path) {
        var link = instance.get(path).headers().firstValue("Link").orElseThrow();
        return org.undersigned.record.BoxId.of(link.replaceAll(".*/log/box/([a-z2-7]{26})/.*", "$1"));
    }

    @Test
    void aBoxOfAllCampusesIsInTheBooksOfItsOwnCampaignOnly() throws Exception {
        var site = site();
        var instance = Signer.instance(site);

        var here = Signer.fetchBook(site, instance, "northfield.example").manifests();
        var elsewhere = Signer.fetchBook(site, instance, "tufts.edu").manifests();

        assertThat(here).extracting(one -> one.subject().path()).contains("/a/evening-walk", "/l/regents");
        assertThat(elsewhere)
                .extracting(one -> one.subject().path())
                .contains(TestInstance.TUFTS)
                .doesNotContain("/a/evening-walk", "/l/regents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void j7AnAnswerHasAStatusItsWordsAndItsHistory(String language) {
        var spanish = language.equals("es");
        var page = open(TestBrowser.Screen.DESKTOP, language, WALK + "/answers");
        assertThat(page.locator("tbody .status-partial"))
                .containsText(spanish ? "adoptada en parte" : "partly adopted");
        assertThat(page.locator("tbody .status-declined")).hasCount(1);
        assertThat(page.locator("tbody .status-legally-constrained")).hasCount(1);
        assertThat(page.locator("tbody .sign-asked")).hasCount(1); // at Northfield, only by the campaign's call
        assertThat(page.locator("tbody .sign-not-asked")).hasCount(4);
        page.locator("tbody .status-partial").click();
        assertThat(page.locator("dl").first()).containsText(spanish ? "Faroles de Harbor" : "Harbor Lanterns");
        assertThat(page.locator("dl").first()).containsText("harbor.example, hu.example");
        assertThat(page.locator("#demand-1"))
                .containsText(spanish ? "Iluminaremos el camino norte" : "We will light the north path");
        assertThat(page.locator("#demand-1")).containsText("2c26b46b68ffc68f");
        page.locator("#demand-1 summary").click();
        assertThat(page.locator("#demand-1 details")).containsText(spanish ? "recibida" : "acknowledged");
        assertThat(page.locator("#demand-2")).containsText(spanish ? "Código municipal 12-3" : "City code 12-3");
        assertThat(page.locator("main"))
                .containsText(spanish ? "Un nombre no es una política" : "A name is not a policy");
        assertThat(page.locator("main"))
                .containsText(spanish ? "recorrieron la milla oscura" : "walked the dark mile with two officers");
    }

    @Test
    void j8AJournalistReadsTheFiguresInSpanishToo() {
        var page = open(TestBrowser.Screen.PHONE, "es", WALK + "/coverage");
        var hundreds = page.locator(".figures li")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("“hundreds”"));
        assertThat(hundreds).containsText("(como dicen las palabras)");
        page.locator("#rules").selectOption("ccc");
        page.locator("form button").click();
        assertThat(page.locator("html")).hasAttribute("lang", "es");
        assertThat(hundreds).containsText("200 (según estas reglas)");
    }

    @Test
    void j8AJournalistReadsEveryFigureByNamedRulesAndInItsOwnWords() {
        var page = open(TestBrowser.Screen.DESKTOP, "en", WALK + "/coverage");
        var hundreds = page.locator(".figures li")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("“hundreds”"));
        assertThat(hundreds).containsText("at least 200 (as the words say)");
        assertThat(page.locator("figure.ranges svg.range")).hasCount(3);
        assertThat(page.locator("rect.bar-about")).hasCount(1);
        page.locator("#rules").selectOption("count-love");
        page.locator("form button").click();
        assertThat(hundreds).containsText("at least 100 (by these rules)");
        assertThat(page.locator("form")).containsText("Count Love");
        page.locator("#rules").selectOption("ccc");
        page.locator("form button").click();
        assertThat(hundreds).containsText("200 (by these rules)");
        assertThat(page.locator("main")).containsText("citing campus police");
        assertThat(page.locator("main")).containsText("Also in the Lantern Weekly.");
        TestBrowser.look(page, "coverage-ccc");
        assertThat(page("/a/first-walk")).contains("“hundreds”").contains("“about 120”");
        assertThat(page(WALK + "/actions")).containsPattern("(?s)class=\"ranges\".*“hundreds”.*“about 120”");
    }

    @Test
    void everyFactOfTheDemonstrationIsSomewhereAReaderFindsIt() {
        var campaign = page("/k/sanctuary-campus")
                + page("/k/sanctuary-campus/coverage")
                + page("/k/sanctuary-campus/actions")
                + page("/l/electors");
        for (var campus : List.of("tufts", "usc", "ucla", "fiu", "umass", "harvard", "smith")) {
            campaign += page("/c/" + campus + ".edu");
        }
        for (var slug : List.of("tufts-walkout", "usc-ucla-walkout", "fiu-walkout", "brown-walkout")) {
            campaign += page("/a/" + slug);
        }
        for (var petition : List.of("tufts", "usc", "umass")) campaign += page("/p/" + petition + "-sanctuary");
        assertThat(campaign)
                .contains("#SanctuaryCampus", "Movimiento Cosecha", "The Tab", "Twitter, Instagram and Facebook")
                .contains("“more than 2,600”", "“surpassed 4,800”", "“Thousands”", "“dozens”", "“More than 200”")
                .contains("“between 10 and 15”", "“about 2,000”", "“a mob”", "“hundreds”", "“small group”")
                .contains("“more than 100 colleges and universities”", "“nearly 80 college campuses”")
                .contains("“an estimated 11 million”", "Migration Policy Institute", "“156,000”")
                .contains("Hahn Plaza", "Traveler statue", "Royce Hall", "Royce Quad", "Pacific", "Student center")
                .contains("E-Verify", "warrant", "Immigration and Customs Enforcement", "Develop a protocol")
                .contains("provost’s office", "American Council on Education", "1,800", "action plan")
                .contains("Deferred Action for Childhood Arrivals", "#suckitupbuttercup", "19 December 2016")
                .contains("Kirk Carapezza", "Lydia Emmanouilidou", "Betsy Carter", "CBS Miami", "Homestead")
                .contains("Miami-Dade and Monroe", "one in sociology", "AAUW-UCLA")
                .contains("Harvard Immigration and Refugee Clinical Program", "Harvard Immigration Project");
    }

    @Test
    void manyReadersAskTheDatabaseLittle() {
        var _ = page(WALK);
        var before = instance.statements();
        for (var i = 0; i < 300; i++) {
            assertThat(instance.get(i % 3 == 0 ? WALK : i % 3 == 1 ? "/c/harbor.example" : TestInstance.TUFTS)
                            .statusCode())
                    .isEqualTo(200);
        }
        // The jobs and a few readings of all public data send these statements; their number does not grow with the
        // number of requested pages.
        assertThat(instance.statements() - before).isLessThan(300);
    }

    @Test
    void aPageOnceReadIsNotSentAgain() {
        var first = instance.get(WALK + "/actions", "Accept-Encoding", "gzip");
        var etag = first.headers().firstValue("ETag").orElseThrow();

        var again = instance.get(WALK + "/actions", "Accept-Encoding", "gzip", "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(instance.get(WALK + "/actions", "If-None-Match", etag).statusCode())
                .isEqualTo(200); // another encoding
    }

    @Test
    void aWrongDocumentIsRefusedWithItsLineAndNothingChanges(@TempDir Path directory) throws Exception {
        var lines = new ArrayList<>(Files.readAllLines(ExampleCampaign.FILE));
        var at = 0;
        while (!lines.get(at).contains("\"state\": \"changed\"")) at++;
        lines.set(at, lines.get(at).replace("changed", "maybe"));
        var file = Files.write(directory.resolve("wrong.json"), lines);
        var expected =
                file + ", line " + (at + 1) + ", column " + (lines.get(at).indexOf("\"maybe\"") + 1)
                        + ": actions[0].state is not one of planned, confirmed, changed, cancelled, held";

        var run = instance.command("import", "campaign", file.toString());
        assertThat(run.isRefused().err().strip()).isEqualTo("undersigned: " + expected);
        instance.command("import", "campaign", directory.resolve("absent.json").toString())
                .isRefused("absent.json cannot be read");
        instance.command("import", "campaign").isRefused("FILE", "./undersigned import campaign --help");
        CommandRun.of(Map.of(), "import").isRefused("missing required subcommand", "./undersigned import --help");
        assertThat(page("/a/evening-walk")).contains("changed");
    }
}
