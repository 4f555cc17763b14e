package org.undersigned.server.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.record.recount.Report;
import org.undersigned.server.support.ReportJson;
import org.undersigned.server.support.StaticFolder;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestBrowser.Screen;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// J8 without a terminal: a journalist checks a number in a browser, first with the checker of the site, then with a
/// copy from another origin.
final class RecountJourneyTest {
    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static final TestInstance instance = TestInstance.ofDemonstration().reachable();
    private static StaticFolder elsewhere;
    private static Report expected;

    @BeforeAll
    static void start() throws IOException {
        elsewhere = new StaticFolder(Path.of("../web/dist/verifier"));
        instance.nameVerifiers(List.of(URI.create(elsewhere.address())));
        instance.start();
        instance.crowd(10);
        assertThat(instance.published(10)).isEqualTo(10);
        expected = instance.recount();
    }

    @AfterAll
    static void close() {
        instance.close();
        elsewhere.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE, es, Recontar aquí, Guardar el informe", "DESKTOP, en, Recount here, Save the report"})
    void aJournalistChecksANumberHereAndElsewhere(Screen screen, String language, String start, String save)
            throws IOException {
        var page = browser.person(screen, language);
        page.navigate(instance.publicUrl() + TestInstance.TUFTS);
        page.locator("a[href='" + TestInstance.TUFTS + "/record']").first().click();
        TestBrowser.look(page, "recount-before");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(start))
                .click();

        readsFiveFindings(page.locator("#recount"));
        TestBrowser.look(page, "recount-here");
        page.locator("[data-finding=people]").scrollIntoViewIfNeeded();
        TestBrowser.look(page, "recount-findings");
        page.locator("#recount details summary").click();
        TestBrowser.look(page, "recount-here-details");
        var here = saved(page, save);
        assertThat(here.get("box").stringValue()).isEqualTo(expected.box().value());

        page.locator("#recount a[href^='" + elsewhere.address() + "']").click();
        page.waitForURL(elsewhere.address() + "#**");
        assertThat(page.locator("#address")).hasValue(instance.publicUrl() + TestInstance.TUFTS);
        TestBrowser.look(page, "verifier-before");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(start))
                .click();
        readsFiveFindings(page.locator("main"));
        TestBrowser.look(page, "verifier");
        page.locator("details").scrollIntoViewIfNeeded();
        TestBrowser.look(page, "verifier-findings");
        assertThat(ReportJson.checks(saved(page, save))).isEqualTo(ReportJson.checks(here));
        assertThat(page.evaluate("async () => (await indexedDB.databases()).length + document.cookie.length"))
                .as("stored by the verifier")
                .isEqualTo(0);
    }

    /// The demonstration has neither witnesses nor, so soon, a tally: the fifth finding says so, and is not
    /// called good.
    private static void readsFiveFindings(Locator where) {
        assertThat(where.locator("[data-testid=recount-verdict]")).hasAttribute("data-state", "open");
        assertThat(where.locator("data[data-counted=member]")).hasText("10");
        var states = where.locator("[data-finding]").all().stream()
                .map(one -> one.getAttribute("data-finding") + " " + one.getAttribute("data-state"))
                .toList();
        assertThat(states).containsExactly("signatures good", "history good", "page good", "words good", "people open");
    }

    private static JsonNode saved(Page page, String save) throws IOException {
        var download = page.waitForDownload(() -> page.getByText(save).click());
        assertThat(download.suggestedFilename()).matches("recount-[a-z0-9.-]+\\.json");
        var json = new JsonMapper().readTree(Files.readAllBytes(download.path()));
        assertThat(json.get("ok").booleanValue()).isTrue();
        assertThat(json.get("counts").get(0).get("count").longValue()).isEqualTo(expected.count("member"));
        assertThat(ReportJson.checks(json).stream()
                        .filter(check -> !check.name().equals("page asked for"))
                        .toList())
                .isEqualTo(expected.checks());
        return json;
    }

    private Page record(String language) {
        var page = browser.personWithReplacedResponses(Screen.PHONE, language);
        page.navigate(instance.publicUrl() + TestInstance.TUFTS + "/record?lang=" + language);
        return page;
    }

    @Test
    void aFalseRecordSaysWhichFindingFailedAndAtWhichLeaf() {
        var page = record("en");
        page.route("**/log/box/*/tile/entries/**", route -> {
            var body = route.fetch().body();
            body[34 + 2 + 400] ^= 1; // in leaf 1, after leaf 0 with its length and the length of leaf 1
            route.fulfill(new Route.FulfillOptions().setStatus(200).setBodyBytes(body));
        });
        page.route("**/text/*.json", route -> {
            var text = new String(route.fetch().body(), UTF_8).replaceFirst("[a-z]", "X");
            route.fulfill(new Route.FulfillOptions().setStatus(200).setBody(text));
        });
        page.locator("#recount-start").click();

        assertThat(page.locator("[data-testid=recount-verdict]")).hasText("✗The record fails the recount.");
        assertThat(page.locator("[data-finding=signatures]"))
                .containsText("A signature is not valid, or is there twice. It was not counted.");
        assertThat(page.locator("[data-finding=signatures]"))
                .containsText("box leaf 1: signature of the entry's key does not verify");
        assertThat(page.locator("[data-finding=history]"))
                .containsText("box leaf 1: its hash differs from the hash in");
        assertThat(page.locator("[data-finding=words]"))
                .containsText("The published words are not the words that people signed.");
        assertThat(page.locator("[data-finding=page]")).containsText("The page shows other numbers");
        page.locator("[data-finding=history]").scrollIntoViewIfNeeded();
        TestBrowser.look(page, "recount-false");
    }

    @Test
    void anInterruptedConnectionSaysNothingAgainstTheRecord() {
        var page = record("es");
        page.route("**/log/box/*/tile/entries/**", Route::abort);
        page.locator("#recount-start").click();

        assertThat(page.locator("[data-testid=recount-trouble]"))
                .containsText("Esto no dice nada en contra del registro.");
        assertThat(page.locator("[data-testid=recount-verdict]")).hasCount(0);
        TestBrowser.look(page, "recount-interrupted");

        page.unroute("**/log/box/*/tile/entries/**");
        page.getByText("Recontar otra vez").click();
        readsFiveFindings(page.locator("#recount"));
    }

    @Test
    void itCanBeStoppedAndBegunAgain() {
        var page = record("en");
        page.route("**/log/box/*/checkpoint", _ -> {}); // never responds
        page.locator("#recount-start").click();
        assertThat(page.locator("#recount progress")).isVisible();
        assertThat(page.locator("#recount [aria-live=polite]")).not().isEmpty();
        TestBrowser.look(page, "recount-running");
        page.getByText("Stop").click();
        assertThat(page.locator("[data-testid=recount-trouble]")).containsText("Nothing was found against the record");

        page.unroute("**/log/box/*/checkpoint");
        page.getByText("Recount again").click();
        readsFiveFindings(page.locator("#recount"));
    }

    @Test
    void theScriptOfTheRecountIsLoadedOnlyWhenItIsAskedFor() {
        var page = browser.person(Screen.PHONE, "en");
        var loaded = new ArrayList<String>();
        page.onRequest(request -> loaded.add(request.url()));
        page.navigate(instance.publicUrl() + TestInstance.TUFTS + "/record");
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(loaded).noneMatch(url -> url.contains("recount"));

        page.locator("#recount-start").click();
        readsFiveFindings(page.locator("#recount"));
        assertThat(loaded).anyMatch(url -> url.contains("recountworker"));
    }

    @Test
    void withoutScriptsThePageStillShowsTheCommandLine() {
        var page = browser.personWithoutScript(Screen.PHONE, "en");
        page.navigate(instance.publicUrl() + TestInstance.TUFTS + "/record");

        assertThat(page.locator("#recount-start")).hasCount(0);
        assertThat(TestInstance.text(instance.get(TestInstance.TUFTS + "/record?lang=en")))
                .contains(
                        "<noscript><p class=\"hint\">With JavaScript your browser recounts here. Without it, use the program below.");
        assertThat(page.locator("#command")).containsText("./undersigned recount ");
    }

    @Test
    void theInstanceServesTheSameVerifierAndItsRegisterNamesIt() throws IOException {
        for (var line : Files.readAllLines(Path.of("../web/dist/verifier/SHA256SUMS"))) {
            var file = line.substring(66);
            assertThat(instance.get("/verifier/" + file).body())
                    .as(file)
                    .isEqualTo(Files.readAllBytes(Path.of("../web/dist/verifier", file)));
            assertThat(new String(
                            instance.get("/log/register/tile/entries/000.p/"
                                            + expected.register().size())
                                    .body(),
                            UTF_8))
                    .contains("\"verifier/" + file + "\":\"" + line.substring(0, 64) + "\"");
        }
        assertThat(instance.get("/verifier/").body())
                .isEqualTo(instance.get("/verifier/index.html").body());
        assertThat(instance.get("/verifier/nothing.js").statusCode()).isEqualTo(404);
        for (var file : List.of("", "recountworker.js")) {
            assertThat(instance.get("/verifier/" + file)
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'")
                    .contains("connect-src https: http:;", "form-action 'none'");
        }

        var page = browser.person(Screen.DESKTOP, "en", ColorScheme.DARK);
        // the same instance at another origin
        page.navigate(instance.publicUrl().replace("localhost", "127.0.0.1") + "/verifier/#" + instance.publicUrl()
                + TestInstance.TUFTS + "/record");
        page.getByText("Recount here").click();
        readsFiveFindings(page.locator("main"));
        TestBrowser.look(page, "verifier-dark");
        page.getByText("Español").click();
        assertThat(page.locator("h1")).hasText("Recontar una petición");
        TestBrowser.look(page, "verifier-own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing at all     | This is not the address of a petition.
            javascript:alert(1)| This is not the address of a petition.
            INSTANCE/privacy   | There was no answer from this address.
            INSTANCE/icon.svg  | There is no petition with a public record at this address.
            http://127.0.0.1:1/| There was no answer from this address.
            """)
    void anAddressThatIsNoPetitionIsToldAsSuch(String typed, String said) {
        var page = browser.personWithReplacedResponses(Screen.PHONE, "en");
        page.navigate(elsewhere.address());
        page.locator("#address").fill(typed.replace("INSTANCE", instance.publicUrl()));
        page.getByText("Recount here").click();

        assertThat(page.locator("[data-testid=recount-trouble]")).containsText(said);
    }
}
