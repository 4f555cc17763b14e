package org.undersigned.server.output;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestBrowser;
import org.undersigned.server.support.TestInstance;

/// Calendars that the server writes with ical4j, read with another library (biweekly): the demonstration campaign
/// and an invented campaign that changes.
final class CalendarTest {
    private static final String CAMPAIGN = "/k/sanctuary-campus";
    private static final String WALK = "/k/calendar-walk";

    private static final Set<String> HOSTS = ConcurrentHashMap.newKeySet();
    /// What selected proxies before; replaced before the instance's client, which asks the selector of its
    /// creation.
    private static final ProxySelector PROXIES = watch();

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        instance.importCampaign(write(directory, walk()));
        until(() -> instance.get(WALK).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        ProxySelector.setDefault(PROXIES);
    }

    private static ProxySelector watch() {
        var others = ProxySelector.getDefault();
        ProxySelector.setDefault(new Watching(others)); // every socket of this process calls it first
        return others;
    }

    /// Records the hosts that this process tries to reach.
    private static final class Watching extends ProxySelector {
        private final ProxySelector others;

        Watching(ProxySelector others) {
            this.others = others;
        }

        @Override
        public List<Proxy> select(URI uri) {
            HOSTS.add(String.valueOf(uri.getHost()));
            return others.select(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            others.connectFailed(uri, address, failure);
        }
    }

    /// The example campaign with slugs of its own.
    private static String walk() throws IOException {
        return ExampleCampaign.document()
                .replace("\"lantern-walk\"", "\"calendar-walk\"")
                .replace("\"evening-walk\"", "\"calendar-evening\"")
                .replace("\"slug\": \"teach-in\"", "\"slug\": \"calendar-teach-in\"")
                .replace("\"first-walk\"", "\"calendar-first\"")
                .replace("\"lantern-lights\"", "\"calendar-lights\"")
                .replace("\"slug\": \"regents\"", "\"slug\": \"calendar-regents\"");
    }

    private static Path write(Path directory, String document) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "campaign", ".json"), document);
    }

    private static void until(BooleanSupplier condition) {
        for (var attempt = 0; !condition.getAsBoolean(); attempt++) {
            if (attempt == 600) throw new AssertionError("did not come about");
            TestInstance.sleep(50);
        }
    }

    private static ICalendar calendar(String path) {
        var answer = instance.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/calendar; charset=utf-8");
        var calendar = Biweekly.parse(TestInstance.text(answer)).first();
        assertThat(calendar.validate(ICalVersion.V2_0)).as(path).isEmpty();
        return calendar;
    }

    private static VEvent event(ICalendar calendar, String slug) {
        return calendar.getEvents().stream()
                .filter(one -> one.getUrl().getValue().contains("/a/" + slug + "?")
                        || one.getUrl().getValue().endsWith("/a/" + slug))
                .findFirst()
                .orElseThrow();
    }

    private static Instant start(VEvent event) {
        return event.getDateStart().getValue().toInstant();
    }

    @Test
    void theJointWalkoutOfUscAndUclaBeginsAtThreeInTheAfternoonThere() {
        var calendar = calendar(CAMPAIGN + "/actions.ics?lang=en");
        var event = event(calendar, "usc-ucla-walkout");

        assertThat(start(event)).isEqualTo(Instant.parse("2016-11-16T23:00:00Z")); // 15:00 Pacific Standard Time
        var zone = calendar.getTimezoneInfo().getTimezone(event.getDateStart());
        assertThat(zone.getComponent().getTimezoneId().getValue()).isEqualTo("America/Los_Angeles");
        assertThat(zone.getComponent().getStandardTimes()).isNotEmpty();
        assertThat(zone.getComponent().getDaylightSavingsTime()).isNotEmpty();
        assertThat(event.getDuration().getValue().toMillis())
                .isEqualTo(Duration.ofHours(1).toMillis());
        assertThat(event.getSummary().getValue()).isEqualTo("Joint walkout of USC and UCLA");
        assertThat(event.getLocation().getValue())
                .startsWith("University of Southern California, University of California, Los Angeles: ")
                .contains(
                        "UCLA: gathered outside Royce Hall; UCLA: marched toward north campus; UCLA: back to Royce Quad");
        assertThat(event.getDescription().getValue())
                .contains("1. USC: Hahn Plaza, by the Traveler statue\n2. UCLA: gathered outside Royce Hall")
                .contains("from 3 p.m. Pacific time and for about an hour, for USC only")
                .endsWith("/a/usc-ucla-walkout?lang=en");
        assertThat(event.getGeo().getLatitude()).isEqualTo(34.021281);
        assertThat(event.getGeo().getLongitude()).isEqualTo(-118.284169);
        assertThat(event.getCategories().getFirst().getValues()).containsExactly("Walkout", "Sanctuary Campus");
        assertThat(event.getUrl().getValue()).endsWith("/a/usc-ucla-walkout?lang=en");
        assertThat(event.getStatus().getValue()).isEqualTo("CONFIRMED");
        assertThat(event.getTransparency().getValue()).isEqualTo("TRANSPARENT");
        assertThat(calendar.getNames()).extracting(one -> one.getValue()).containsExactly("Sanctuary Campus");
        assertThat(calendar.getExperimentalProperty("X-WR-CALNAME").getValue()).isEqualTo("Sanctuary Campus");
        assertThat(calendar.getRefreshInterval().getValue().toMillis())
                .isEqualTo(Duration.ofHours(1).toMillis());
        assertThat(calendar.getColor().getValue()).isEqualTo("darkgreen");
        assertThat(calendar.getSource().getValue()).endsWith(CAMPAIGN + "/actions.ics?lang=en");
        assertThat(calendar.getEvents()).hasSize(9);
        assertThat(event.getUid().getValue()).isEqualTo("2f3be443-bc30-8b4d-9331-304a614ec79c"); // docs/INTERFACES.md
    }

    @Test
    void wordsAreInTheLanguageOfTheReader() {
        var event = event(calendar(CAMPAIGN + "/actions.ics?lang=es"), "usc-ucla-walkout");

        assertThat(event.getSummary().getValue()).isEqualTo("Paro conjunto de USC y UCLA");
        assertThat(event.getSummary().getLanguage()).isEqualTo("es");
        assertThat(event.getLocation().getValue()).contains("UCLA: concentración ante Royce Hall");
        assertThat(event.getDescription().getValue())
                .contains("hora del Pacífico")
                .contains("Paro (acción realizada)");
        assertThat(event.getCategories().getFirst().getValues()).containsExactly("Paro", "Campus Santuario");
        var accepted = instance.get(CAMPAIGN + "/actions.ics", "Accept-Language", "es-MX");
        assertThat(TestInstance.text(accepted)).contains("Paro conjunto");
        assertThat(accepted.headers().firstValue("Vary").orElseThrow()).contains("Accept-Language");
    }

    @Test
    void anActionWithoutATimeTakesItsDay() {
        var event = event(calendar("/a/tufts-walkout/action.ics"), "tufts-walkout");

        assertThat(event.getDateStart().getValue().hasTime()).isFalse();
        assertThat(event.getDateStart().getValue().getRawComponents().toString())
                .isEqualTo("20161116T000000");
        assertThat(event.getDateEnd().getValue().getRawComponents().toString()).isEqualTo("20161117T000000");
        assertThat(TestInstance.text(instance.get("/a/tufts-walkout/action.ics")))
                .contains("DTSTART;VALUE=DATE:20161116")
                .doesNotContain("VTIMEZONE");
    }

    @Test
    void aCampusHasACalendarOfItsOwnActionsJointOnesIncluded() {
        var ucla = calendar("/c/ucla.edu/actions.ics");

        assertThat(ucla.getEvents())
                .extracting(one -> one.getSummary().getValue())
                .containsExactly("Joint walkout of USC and UCLA");
        var campaigns = event(calendar(CAMPAIGN + "/actions.ics?lang=es"), "usc-ucla-walkout");
        assertThat(ucla.getEvents().getFirst().getUid()).isEqualTo(campaigns.getUid());
        assertThat(ucla.getNames().getFirst().getValue()).isEqualTo("University of California, Los Angeles");
        assertThat(calendar("/c/harbor.example/actions.ics").getEvents())
                .extracting(one -> one.getSummary().getValue())
                .contains("Evening walk", "First walk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/c/nowhere.example/actions.ics",
                "/k/nothing/actions.ics",
                "/a/nothing/action.ics",
                "/k/x/subscribe"
            })
    void whatIsNotThereHasNoCalendar(String path) {
        var answer = instance.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @Test
    void changesAndCancellationsReachWhoeverSubscribed(@TempDir Path directory) throws IOException {
        var path = WALK + "/actions.ics?lang=en";
        var before = calendar(path);
        var evening = event(before, "calendar-evening");
        var first = event(before, "calendar-first");
        assertThat(start(evening)).isEqualTo(Instant.parse("2040-11-17T01:30:00Z")); // 18:30 in Denver, winter
        assertThat(event(before, "calendar-teach-in").getStatus().getValue()).isEqualTo("CANCELLED");
        assertThat(event(before, "calendar-teach-in").getSummary().getValue())
                .isEqualTo("Cancelled: Teach-in: Lantern Walk");

        var summer = walk().replace("\"date\": \"2040-11-16\"", "\"date\": \"2040-07-16\"")
                .replace("\"en\": \"Evening walk\"", "\"en\": \"Summer walk\"");
        var changed = withChange(summer, "2040-11-01", "Earlier: in July.", "Antes: en julio.");
        var told = evening.getDateTimeStamp().getValue().toInstant();
        until(() -> Instant.now().isAfter(told.plusSeconds(1))); // iCalendar counts whole seconds
        instance.importCampaign(write(directory, changed));
        until(() -> TestInstance.text(instance.get(path)).contains("Summer walk"));
        var moved = event(calendar(path), "calendar-evening");
        assertThat(start(moved)).isEqualTo(Instant.parse("2040-07-17T00:30:00Z")); // 18:30 in Denver, summer
        assertThat(sequence(moved)).isGreaterThan(sequence(evening));
        assertThat(moved.getDateTimeStamp().getValue())
                .isAfter(evening.getDateTimeStamp().getValue());
        assertThat(moved.getLastModified().getValue())
                .isAfter(evening.getLastModified().getValue());
        assertThat(moved.getDescription().getValue()).contains("Earlier: in July.");
        assertThat(event(calendar(path), "calendar-first")).isEqualTo(first);

        instance.importCampaign(
                write(directory, changed.replace("\"state\": \"changed\"", "\"state\": \"cancelled\"")));
        until(() -> TestInstance.text(instance.get(path)).contains("Cancelled: Summer walk"));
        var cancelled = event(calendar(path), "calendar-evening");
        assertThat(cancelled.getStatus().getValue()).isEqualTo("CANCELLED");
        assertThat(sequence(cancelled)).isGreaterThan(sequence(moved));
        assertThat(start(cancelled)).isEqualTo(start(moved));

        instance.importCampaign(write(directory, walk()));
        until(() -> TestInstance.text(instance.get(path)).contains("Evening walk"));
    }

    private static int sequence(VEvent event) {
        return event.getSequence().getValue();
    }

    /// Returns the document with one more change before the change of `day`, in the same action.
    private static String withChange(String document, String day, String english, String spanish) {
        var at = document.lastIndexOf('{', document.indexOf("\"" + day + "\""));
        var change =
                "{\"date\": \"2040-11-03\", \"text\": {\"en\": \"" + english + "\", \"es\": \"" + spanish + "\"}}, ";
        return document.substring(0, at) + change + document.substring(at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void noLineIsLongerThan75OctetsAndNothingIsLost(String language) {
        for (var path : List.of(CAMPAIGN + "/actions.ics", WALK + "/actions.ics", "/c/usc.edu/actions.ics")) {
            for (var line :
                    TestInstance.text(instance.get(path + "?lang=" + language)).split("\r\n")) {
                assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75);
            }
        }
        assertThat(event(calendar(WALK + "/actions.ics?lang=" + language), "calendar-evening")
                        .getDescription()
                        .getValue())
                .contains(
                        language.equals("es")
                                ? "La marcha empieza media hora más tarde: 18:30."
                                : "The walk begins half an hour later: 6:30 p.m.")
                .contains(language.equals("es") ? "Un farol sin llama" : "A lantern without a flame");
    }

    @Test
    void nothingIsFetchedFromAnywhereElse() {
        var _ = calendar(CAMPAIGN + "/actions.ics");

        assertThat(HOSTS).contains("localhost"); // the selector is in use
        assertThat(HOSTS).isSubsetOf("localhost", "127.0.0.1", "0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({"PHONE, en", "DESKTOP, es"})
    void theSubscribePageNeedsNoEMailAddress(TestBrowser.Screen screen, String language) {
        var page = browser.person(screen, language);
        page.navigate(instance.url(CAMPAIGN + "/actions?lang=" + language).toString());
        TestBrowser.look(page, "actions");
        page.getByText(language.equals("es") ? "Cómo suscribirse" : "How to subscribe")
                .click();
        assertThat(page.locator("h1")).containsText(language.equals("es") ? "Siga" : "Follow");
        TestBrowser.look(page, "subscribe");

        var webcal = page.locator("a.button").getAttribute("href");
        assertThat(webcal).startsWith("webcal://localhost:").endsWith(CAMPAIGN + "/actions.ics?lang=" + language);
        assertThat(page.locator("#calendar").innerText()).isEqualTo(webcal.replace("webcal:", "http:"));
        assertThat(page.locator("#feed").innerText()).endsWith(CAMPAIGN + "/feed.atom?lang=" + language);
        for (var name : List.of("iPhone", "Google Calendar", "Outlook", "Thunderbird")) {
            assertThat(page.locator("main")).containsText(name);
        }
        assertThat(page.locator("main a[href^='webcal:'][href*='/c/ucla.edu/']"))
                .hasCount(1);
        var download = page.locator("main a[href^='http:'][href*='actions.ics']")
                .first()
                .getAttribute("href");
        assertThat(instance.get(URI.create(download).getPath()).headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"sanctuary-campus.ics\"");
        page.navigate(instance.url("/a/calendar-evening?lang=" + language).toString());
        TestBrowser.look(page, "action-calendar");
        assertThat(page.locator("main a[href='/a/calendar-evening/action.ics?lang=" + language + "']"))
                .isVisible();
    }
}
