package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.MovableClock;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whatever an editor changes, and whether the document tells that it was changed, whoever subscribed takes it.
final class ActionRevisionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static final MovableClock CLOCK = new MovableClock();

    private static TestInstance instance;

    @TempDir
    private static Path directory;

    private ObjectNode document;

    @BeforeAll
    static void start() {
        instance = TestInstance.start(CLOCK);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @BeforeEach
    void takeTheLanterns() throws IOException {
        document = lanterns();
    }

    /// In a year that is over, as what is told of it: nothing is updated later than it came here.
    private static ObjectNode lanterns() throws IOException {
        var text = ExampleCampaign.document().replace("2040-", "2020-");
        return (ObjectNode) JSON.readTree(text);
    }

    /// Imports the document, and waits until it is shown.
    private void bring() throws IOException {
        bring(document);
    }

    private static void bring(ObjectNode document) throws IOException {
        var text = document.toPrettyString();
        var slug = document.get("slug").stringValue();
        instance.importCampaign(Files.writeString(directory.resolve("campaign.json"), text));
        for (var attempt = 0; !text.equals(shown(slug)); attempt++) {
            if (attempt == 600) throw new AssertionError("not shown");
            TestInstance.sleep(50);
        }
    }

    private static String shown(String slug) {
        return TestInstance.text(instance.get("/k/" + slug + "/campaign.json"));
    }

    private ObjectNode evening() {
        return action("evening-walk");
    }

    private ObjectNode action(String slug) {
        for (var action : document.withArray("actions")) {
            if (action.get("slug").stringValue().equals(slug)) return (ObjectNode) action;
        }
        throw new AssertionError(slug + " is not there");
    }

    private static VEvent event(String slug) {
        var calendar = Biweekly.parse(TestInstance.text(instance.get("/a/" + slug + "/action.ics")));
        return calendar.first().getEvents().getFirst();
    }

    private static int number(String slug) {
        return event(slug).getSequence().getValue();
    }

    private void rises(Consumer<ObjectNode> change) throws IOException {
        var before = event("evening-walk");
        var other = event("first-walk");
        change.accept(evening());
        bring();
        var after = event("evening-walk");

        assertThat(after.getSequence().getValue())
                .isGreaterThan(before.getSequence().getValue());
        assertThat(after.getDateTimeStamp().getValue())
                .isAfterOrEqualTo(before.getDateTimeStamp().getValue());
        assertThat(after.getLastModified().getValue())
                .isEqualTo(after.getDateTimeStamp().getValue());
        assertThat(event("first-walk")).isEqualTo(other);
    }

    /// RFC 5546 §2.1.4.
    @Test
    void everyChangeOfAnActionRaisesItsNumberToldOrNot() throws IOException {
        bring();
        rises(action -> action.put("date", "2020-11-18"));
        rises(action -> action.put("time", "19:00"));
        rises(action -> action.put("minutes", 60));
        rises(action -> action.put("state", "planned"));
        rises(action -> action.put("state", "confirmed"));
        rises(action -> action.put("state", "cancelled"));
        rises(action -> action.put("state", "confirmed"));
        rises(action -> action.set("changes", JSON.createArrayNode()));
        rises(action -> ((ObjectNode) action.get("stops").get(0).get("place")).put("en", "New gate"));
        rises(action -> ((ArrayNode) action.get("campuses")).remove(1));
        rises(action -> ((ObjectNode) action.get("title")).put("es", "Paseo"));
        rises(_ -> campus("lantern.example").put("zone", "America/Chicago"));
    }

    private ObjectNode campus(String id) {
        for (var campus : document.withArray("campuses")) {
            if (campus.get("id").stringValue().equals(id)) return (ObjectNode) campus;
        }
        throw new AssertionError(id + " is not there");
    }

    @Test
    void whatIsNotSaidOfAnActionLeavesItAsItWas() throws IOException {
        bring();
        var before = event("evening-walk");
        ((ObjectNode) document.get("aim")).put("en", "Light on every path.");
        campus("lantern.example").put("place", "Elsewhere, Colorado");
        evening().put("pledge", false);
        bring();

        assertThat(event("evening-walk")).isEqualTo(before);
    }

    @Test
    void anActionThatGoesAndComesBackIsNewer() throws IOException {
        bring();
        rises(action -> action.put("minutes", 45));
        rises(action -> action.put("minutes", 46));
        var before = number("evening-walk");
        var walk = evening().deepCopy();
        ((ArrayNode) document.get("actions")).remove(0);
        bring();
        assertThat(instance.get("/a/evening-walk").statusCode()).isEqualTo(404);
        ((ArrayNode) document.get("actions")).insert(0, walk);
        bring();

        assertThat(number("evening-walk")).isGreaterThan(before);
    }

    /// As when the document was kept by a version that did not yet number.
    @Test
    void whereNothingWasNumberedTheChangesToldAreCounted() throws Exception {
        bring();
        try (var superuser = instance.database("postgres");
                var statement = superuser.createStatement()) {
            statement.execute("DELETE FROM site.action WHERE campaign = 'lantern-walk'");
        }
        document.put("hashtag", "Lanterns");
        bring();
        assertThat(number("evening-walk")).isEqualTo(1);
        assertThat(number("teach-in")).isEqualTo(2);
        assertThat(number("first-walk")).isZero();

        rises(action -> action.put("minutes", 60));
    }

    /// A campaign of its own, so that its first document is the first.
    private static ObjectNode another(String slug) throws IOException {
        var text = lanterns().toString();
        for (var name :
                List.of("lantern-walk", "lantern-lights", "evening-walk", "teach-in", "first-walk", "regents")) {
            text = text.replace("\"slug\":\"" + name + "\"", "\"slug\":\"" + slug + "-" + name + "\"")
                    .replace("[\"" + name + "\"]", "[\"" + slug + "-" + name + "\"]");
        }
        return ((ObjectNode) JSON.readTree(text)).put("slug", slug);
    }

    private static SyndFeed feed(String slug) {
        try {
            return new SyndFeedInput()
                    .build(new StringReader(TestInstance.text(instance.get("/k/" + slug + "/feed.atom?lang=en"))));
        } catch (FeedException e) {
            throw new AssertionError(e);
        }
    }

    private static SyndEntry entry(String slug, String action) {
        return feed(slug).getEntries().stream()
                .filter(one -> one.getUri().endsWith(":/a/" + action))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCancellationThatNothingElseTellsOfStandsFirstInTheFeed() throws IOException {
        var walk = another("sudden");
        bring(walk);
        var before = entry("sudden", "sudden-evening-walk");
        var feed = feed("sudden");
        assertThat(before.getUpdatedDate().toInstant()).isEqualTo(Instant.parse("2020-11-01T12:00:00Z"));
        assertThat(feed.getEntries().getFirst().getUri()).endsWith("sudden-teach-in");

        ((ObjectNode) walk.get("actions").get(0)).put("state", "cancelled");
        bring(walk);
        var after = feed("sudden").getEntries().getFirst();
        assertThat(after.getUri()).isEqualTo(before.getUri());
        assertThat(after.getUpdatedDate()).isAfter(before.getUpdatedDate());
        assertThat(after.getPublishedDate()).isEqualTo(before.getPublishedDate());
        assertThat(feed("sudden").getPublishedDate())
                .isEqualTo(after.getUpdatedDate())
                .isAfter(feed.getPublishedDate());

        ((ObjectNode) walk.get("actions").get(1)).put("state", "planned"); // and on the same day another
        bring(walk);
        assertThat(feed("sudden").getEntries().getFirst().getUri()).endsWith("sudden-teach-in");
    }

    @Test
    void whatIsToldForADayThatIsYetToComeIsNoNewerThanItsComing() throws IOException {
        var walk = another("tomorrow");
        var changes = (ArrayNode) walk.get("actions").get(0).get("changes");
        ((ObjectNode) changes.get(0)).put("date", "2999-11-01");
        bring(walk);
        var before = entry("tomorrow", "tomorrow-evening-walk").getUpdatedDate().toInstant();
        assertThat(before).isBefore(Instant.parse("2999-01-01T00:00:00Z"));

        ((ObjectNode) walk.get("actions").get(0)).put("minutes", 30);
        bring(walk);
        assertThat(entry("tomorrow", "tomorrow-evening-walk").getUpdatedDate().toInstant())
                .isAfter(before);
    }

    @Test
    void aChangeAfterTheClockWasSetBackIsNewerAllTheSame() throws Exception {
        var walk = another("ahead");
        bring(walk);
        try (var superuser = instance.database("postgres");
                var statement = superuser.createStatement()) {
            statement.execute("""
                    UPDATE site.action SET updated = now() + interval '1 hour', changed = now() + interval '1 hour'
                    WHERE campaign = 'ahead'
                    """);
        }
        bring(walk.put("hashtag", "Lanterns")); // shown with the dates of the clock that was ahead
        var entry = entry("ahead", "ahead-evening-walk").getUpdatedDate();
        var stamp = event("ahead-evening-walk").getLastModified().getValue();

        ((ObjectNode) walk.get("actions").get(0)).put("minutes", 30);
        bring(walk);
        assertThat(entry("ahead", "ahead-evening-walk").getUpdatedDate()).isAfter(entry);
        assertThat(event("ahead-evening-walk").getLastModified().getValue()).isAfterOrEqualTo(stamp);
    }

    @Test
    void anActionAnnouncedLaterStandsFirstBeforeAHundredUpdates() throws IOException {
        var walk = another("late");
        var announced = ((ArrayNode) walk.get("actions")).remove(1);
        var updates = (ArrayNode) walk.get("updates");
        for (var i = 0; i < 100; i++) updates.add(updates.get(0).deepCopy());
        bring(walk);
        assertThat(feed("late").getEntries()).hasSize(100);

        ((ArrayNode) walk.get("actions")).add(announced);
        bring(walk);
        var first = feed("late").getEntries().getFirst();
        assertThat(first.getUri()).endsWith("late-teach-in");
        assertThat(first.getUpdatedDate().toInstant()).isAfter(Instant.parse("2020-12-31T00:00:00Z"));
        assertThat(first.getPublishedDate().toInstant()).isEqualTo(Instant.parse("2020-02-03T12:00:00Z"));
    }

    @Test
    void noActionMovesWhenSomethingElseIsEdited() throws IOException {
        var walk = another("still");
        walk.putNull("opens").putNull("closes");
        for (var action : walk.get("actions")) {
            ((ObjectNode) action).put("state", "confirmed").putNull("source").putArray("changes");
        }
        bring(walk);
        var before = feed("still").getEntries().toString();

        ((ObjectNode) walk.get("aim")).put("en", "Light on every path.");
        bring(walk);
        assertThat(feed("still").getEntries()).hasToString(before);
    }

    /// Otherwise one of the two has no page.
    @ParameterizedTest
    @CsvSource({"petitions, lantern-lights", "actions, evening-walk", "letters, regents"})
    void anAddressIsOneCampaignsOnly(String list, String slug) throws IOException {
        bring();
        var other = another("greedy");
        ((ObjectNode) other.get(list).get(0)).put("slug", slug);
        var file = Files.writeString(directory.resolve("greedy.json"), other.toPrettyString());

        assertThatThrownBy(() -> instance.importCampaign(file))
                .hasMessageContaining("line ")
                .hasMessageEndingWith(list + " has " + slug + ", which is taken by the campaign lantern-walk");
        assertThat(instance.get("/k/greedy").statusCode()).isEqualTo(404);
    }

    /// `Last-Modified` counts seconds: of two forms within one of them it tells nothing.
    @Test
    void whoHasAnOlderFormOfTheSameSecondIsSentTheNewOne() throws IOException {
        CLOCK.hold();
        try {
            document.put("hashtag", "Before");
            bring();
            var path = "/k/lantern-walk/campaign.json";
            var date = instance.get(path).headers().firstValue("Last-Modified").orElseThrow();
            document.put("hashtag", "After");
            bring();
            var second = instance.get(path);

            assertThat(second.headers().firstValue("Last-Modified")).contains(date);
            assertThat(instance.get(path, "If-Modified-Since", date).statusCode())
                    .isEqualTo(200);
            assertThat(instance.get(
                                    path,
                                    "If-None-Match",
                                    second.headers().firstValue("ETag").orElseThrow())
                            .statusCode())
                    .isEqualTo(304);
        } finally {
            CLOCK.run();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+05:00", "UTC-5", "GMT+1", "Z", "Mars/Olympus"})
    void aZoneIsOneThatCalendarsKnow(String zone) throws IOException {
        campus("lantern.example").put("zone", zone);
        var file = Files.writeString(directory.resolve("zone.json"), document.toPrettyString());

        assertThatThrownBy(() -> instance.importCampaign(file))
                .hasMessageContaining("zone is not a time zone like America/New_York");
    }

    @Test
    void aDateOfAYearWithoutFourDigitsIsNone() throws IOException {
        bring();
        var before = shown("lantern-walk");
        evening().put("date", "+12020-11-16");
        var file = Files.writeString(directory.resolve("far.json"), document.toPrettyString(), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> instance.importCampaign(file)).hasMessageContaining("is not a date like 2016-11-16");
        assertThat(shown("lantern-walk")).isEqualTo(before);
    }
}
