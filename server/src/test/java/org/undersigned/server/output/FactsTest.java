package org.undersigned.server.output;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// Facts on the public pages: each fact has its source and says no more than the source, in both languages.
final class FactsTest {
    private static final String SANCTUARY = "/k/sanctuary-campus";
    private static final String WALK = "/k/lantern-walk";
    private static final String WGBH = "WGBH News (On Campus), Boston";
    private static final String STUDENT = "USC student news, Los Angeles";
    private static final String CBS = "CBS Miami";

    @TempDir
    private static Path directory;

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @BeforeAll
    static void start() {
        instance.importCampaign(overdueLanterns(), "/p/lantern-lights", "/a/evening-walk", "/l/regents");
        instance.crowd(10);
        assertThat(instance.published(10)).isEqualTo(10);
    }

    /// The example campaign with an answer whose review date has passed.
    private static Path overdueLanterns() {
        try {
            var example = ExampleCampaign.document();
            return Files.writeString(
                    directory.resolve("lanterns.json"),
                    example.replace("2040-03-10", "2016-03-10").replace("2040-02-20", "2016-02-20"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page open(TestBrowser.Screen screen, String language, String path) {
        var page = browser.person(screen, language);
        page.navigate(instance.url(path + (path.contains("?") ? "&" : "?") + "lang=" + language)
                .toString());
        return page;
    }

    private static Locator withText(Locator all, String text) {
        return all.filter(new Locator.FilterOptions().setHasText(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void everyFigureStandsWithTheOneWhoPrintedItAndWhenItHolds(String language) {
        var spanish = language.equals("es");
        var page = open(TestBrowser.Screen.DESKTOP, language, SANCTUARY + "/coverage");
        var cards = page.locator(".figures li");
        assertThat(cards).hasCount(14);
        Map.of(
                        "“more than 2,600”", WGBH,
                        "“surpassed 4,800”", STUDENT,
                        "“Thousands”", WGBH,
                        "“dozens”", WGBH,
                        "“between 10 and 15”", STUDENT,
                        "“a mob”", CBS,
                        "“hundreds”", CBS,
                        "“more than 100 colleges and universities”", WGBH,
                        "“nearly 80 college campuses”", STUDENT,
                        "“156,000”", CBS)
                .forEach((words, outlet) -> assertThat(withText(cards, words)).containsText(outlet));
        var about = withText(cards, "“about 2,000”");
        assertThat(about).containsText(spanish ? "alrededor de 2,000" : "around 2,000");
        var estimate = withText(cards, "“an estimated 11 million”");
        assertThat(estimate).containsText("Migration Policy Institute");
        assertThat(estimate).containsText(spanish ? "Referida aagosto de 2015" : "As ofAugust 2015");
        assertThat(withText(cards, "“156,000”")).not().containsText(spanish ? "Referida a" : "As of");
        assertThat(withText(cards, "“156,000”")).containsText(spanish ? "Publicada el" : "Reported on");
        assertThat(page.locator("main")).not().containsText("August 1, 2015");
        assertThat(page.locator("#source-M + dd")).containsText("Comments (2)");
        assertThat(page.locator("#source-M + dd")).containsText("Vanessa Borge");
        assertThat(withText(page.locator("li"), "AAUW-UCLA").locator("a")).hasText("(U)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void theAimTheCallAndTheContextSayWhoseTheyAre(String language) {
        var spanish = language.equals("es");
        var page = open(TestBrowser.Screen.PHONE, language, SANCTUARY);
        assertThat(page.locator(".lead + .hint"))
                .containsText(WGBH + (spanish ? ": Del sitio web" : ": From the group’s website"));
        var call = withText(page.locator("section"), spanish ? "El llamado se dirige" : "The call goes to");
        assertThat(call).containsText(CBS + (spanish ? ": De la página de Facebook" : ": From the group’s Facebook"));
        assertThat(withText(page.locator("li"), "E-Verify").locator("a").first())
                .hasText("(M)");
        assertThat(withText(page.locator("ol > li"), spanish ? "Elaborar un protocolo" : "Develop a protocol"))
                .containsText(spanish ? "lo pide a todos los campus" : "asks it of every campus");
        assertThat(withText(page.locator("ol > li"), spanish ? "salir adelante" : "members of the community succeed"))
                .containsText(spanish ? "no demanda de una petición" : "not a petition’s demand");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void wordsWrittenForTheDemonstrationSaySoAndAreNotSigned(String language) {
        var note = language.equals("es") ? "Texto escrito para esta demostración" : "Wording written for this";
        for (var path : List.of(TestInstance.TUFTS, "/p/usc-sanctuary", "/l/electors", SANCTUARY)) {
            assertThat(TestInstance.text(instance.get(path + "?lang=" + language)))
                    .as(path)
                    .contains(note);
        }
        assertThat(TestInstance.text(instance.get(instance.box().subject().textPath())))
                .doesNotContain(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aDemandWithoutAnAnswerIsShownAsAskedOnly(String language) {
        var spanish = language.equals("es");
        var page = open(TestBrowser.Screen.DESKTOP, language, SANCTUARY + "/answers");
        var asked = spanish ? "se pidió; no consta respuesta" : "asked; no answer recorded";
        assertThat(page.locator("tbody .sign-asked")).hasCount(12 + 5 + 2); // demand 10; demand 1; demands 7, 8
        assertThat(withText(page.locator("tbody .sign"), asked)).hasCount(19);
        assertThat(page.locator("tbody tr td:last-child .sign-asked")).hasCount(12);
        assertThat(page.locator("tbody .status-none")).hasCount(0);
        assertThat(page.locator("main"))
                .containsText(spanish ? "vicerrectoría académica (provost)" : "provost’s office");
        assertThat((boolean) page.evaluate("() => { const box = document.querySelector('.matrix');"
                        + " return box.scrollWidth <= box.clientWidth; }"))
                .isTrue();

        var phone = open(TestBrowser.Screen.PHONE, language, SANCTUARY + "/answers");
        assertThat(phone.locator(".matrix")).isHidden();
        assertThat(withText(phone.locator(".by-campus li"), asked)).hasCount(19);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aReviewThatIsOverdueIsSaid(String language) {
        var page = open(TestBrowser.Screen.PHONE, language, WALK + "/answers");
        assertThat(page.locator(".notice"))
                .containsText(
                        language.equals("es")
                                ? "a más tardar el 10 de marzo de 2016. No lo ha hecho."
                                : "by March 10, 2016. It has not.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void whatWasPlannedStandsAgainstWhatWasHeldInOnePlot(String language) {
        var spanish = language.equals("es");
        var page = open(TestBrowser.Screen.DESKTOP, language, SANCTUARY + "/coverage");
        assertThat(page.locator("figure.ranges")).hasCount(1); // no other subject has two figures
        assertThat(page.locator(".range-label"))
                .containsText(
                        spanish
                                ? new String[] {"Realizadas “more than 100", "Previstas “nearly 80"}
                                : new String[] {"Held “more than 100", "Planned “nearly 80"});
        assertThat(page.locator("svg.range").first().locator(".fade")).hasCount(4);
        assertThat(page.locator(".range-label .hint").first()).containsText(WGBH);

        page.navigate(instance.url(SANCTUARY + "/actions").toString());
        assertThat(page.locator("figure.ranges")).hasCount(0); // speakers, a county and a campus are not comparable
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aJointActionSaysTheLocalTimeOfEachCampus(String language) {
        var spanish = language.equals("es");
        for (var path : List.of("/a/evening-walk", WALK + "/actions", "/c/harbor.example")) {
            var page = open(TestBrowser.Screen.PHONE, language, path);
            assertThat(page.locator("main"))
                    .containsText(
                            spanish ? "Lantern College: 6:30 p.m. hora estándar" : "Lantern College: 6:30 PM Mountain");
            assertThat(page.locator("main"))
                    .containsText(spanish ? "Harbor University: 3:30 p.m. hora" : "Harbor University: 3:30 PM Hawaii");
        }
        var usc = open(TestBrowser.Screen.PHONE, language, "/a/usc-ucla-walkout");
        assertThat(usc.locator("main")).containsText(spanish ? "3:00 p.m." : "3:00 PM");
        assertThat(usc.locator("main")).containsText(spanish ? "solo para USC" : "for USC only");
        assertThat(withText(usc.locator(".route li"), "USC:")).hasCount(1);
        assertThat(withText(usc.locator(".route li"), "UCLA:")).hasCount(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void everyTotalSaysWhetherItIsCountedOrReportedAndWhoProvesIt(String language) {
        var spanish = language.equals("es");
        var page = open(TestBrowser.Screen.DESKTOP, language, SANCTUARY);
        var counted = page.locator(".total-counted");
        assertThat(counted).hasCount(1);
        assertThat(counted).containsText(spanish ? "contadas" : "counted");
        assertThat(counted)
                .containsText(spanish ? "en la única petición con un número publicado" : "at the one petition with");
        assertThat(page.locator("main")).containsText(spanish ? "son programas, no personas" : "programs, not people");
        var reported = page.locator(".total-reported");
        assertThat(reported).hasCount(2);
        assertThat(reported.first()).containsText((spanish ? "informa: " : "reported by: ") + WGBH);
        var edge = "one => getComputedStyle(one).borderInlineStartStyle";
        assertThat(counted.evaluate(edge)).isEqualTo("solid");
        assertThat(reported.first().evaluate(edge)).isEqualTo("dashed");
        page.locator(".totals + p a").first().click();
        assertThat(page.locator("h1")).containsText(spanish ? "El registro público" : "The public record");
        page.navigate(instance.url(TestInstance.TUFTS + "?lang=" + language).toString());
        assertThat(page.locator("main"))
                .containsText(spanish ? "(la primera es el propio texto)" : "(the first entry is the text itself)");
    }

    @Test
    void theTotalsOfACampaignGrowWithoutAReload() {
        var page = open(TestBrowser.Screen.PHONE, "en", SANCTUARY);
        page.evaluate("() => { window.sameVisit = true; }");
        var before = instance.shownCount();

        instance.crowd(10);

        assertThat(page.locator(".total-counted dd").first()).containsText(Long.toString(before + 10));
        assertThat(page.evaluate("() => window.sameVisit")).isEqualTo(true);
    }

    @Test
    void aSpanishPageSaysWhatIsEnglishInItAndWhatItMeans() {
        var page = open(TestBrowser.Screen.PHONE, "es", SANCTUARY + "/coverage");
        var words = withText(page.locator(".words"), "dozens");
        assertThat(words.locator("[lang=en]")).hasText("“dozens”");
        assertThat(words.locator(".gloss")).hasText("docenas");
        assertThat(withText(page.locator(".figures li [lang=en]"), CBS)).hasCount(5);
        assertThat(page.locator("body")).not().containsText("Universidad");
    }

    @Test
    void theOtherLanguageKeepsTheRules() {
        var page = open(TestBrowser.Screen.PHONE, "en", SANCTUARY + "/coverage?rules=ccc");
        page.locator(".top a[lang=es]").click();
        assertThat(page.locator("html")).hasAttribute("lang", "es");
        assertThat(page.locator("#rules")).hasValue("ccc");
    }

    @Test
    void theStartPageExplainsTheSiteAndUnknownPagesAreNotFound() {
        var page = open(TestBrowser.Screen.PHONE, "en", "/");
        assertThat(page.locator(".lead")).containsText("anyone can check each number");
        assertThat(page.locator("article").first()).containsText("12 campuses");
        assertThat(page.locator("article").last()).containsText("3 campuses");
        page.navigate(instance.url("/c/nowhere.example?lang=es").toString());
        assertThat(page.locator("h1")).hasText("No existe esa página.");
    }

    @Test
    void everyPartOfACampaignLeadsToTheOthersAndSaysWhereOneIs() {
        var page = open(TestBrowser.Screen.PHONE, "en", SANCTUARY);
        for (var part : List.of("Actions", "Answers", "Figures and coverage", "For newsrooms", "The campaign")) {
            withText(page.locator("nav.tabs a"), part).click();
            assertThat(page.locator("nav.tabs [aria-current=page]")).hasText(part);
        }
        assertThat(page.locator(".fold > ul")).isHidden();
        page.locator(".fold > summary").click();
        assertThat(page.locator(".fold > ul")).isVisible();
        var desktop = open(TestBrowser.Screen.DESKTOP, "en", SANCTUARY);
        assertThat(desktop.locator(".fold > ul > li").first()).isVisible();
    }
}
