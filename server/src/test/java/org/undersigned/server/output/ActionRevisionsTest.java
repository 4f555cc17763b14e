package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

/// Every change of an action reaches the subscribers, even if the document does not list it under `changes`.
final class ActionRevisionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static final MovableClock CLOCK = new MovableClock();

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration().at(CLOCK);

    @TempDir
    private static Path directory;

    private ObjectNode document;

    @BeforeEach
    void loadExample() throws IOException {
        document = lanterns();
    }

    /// The example campaign moved to 2020, a year in the past: no update date is later than the import.
    private static ObjectNode lanterns() throws IOException {
        return inThePast(ExampleCampaign.document());
    }

    private static ObjectNode inThePast(String document) {
        return (ObjectNode) JSON.readTree(document.replace("2040-", "2020-"));
    }

    /// Imports the document and waits until the server shows it.
    private void importAndAwait() throws IOException {
        importAndAwait(document);
    }

    private static void importAndAwait(ObjectNode document) throws IOException {
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

    private static int sequence(String slug) {
        return event(slug).getSequence().getValue();
    }

    private void assertRevisionRises(Consumer<ObjectNode> change) throws IOException {
        var before = event("evening-walk");
        var other = event("first-walk");
        change.accept(evening());
        importAndAwait();
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
    void everyChangeRaisesTheSequenceEvenIfNotListedAsAChange() throws IOException {
        importAndAwait();
        assertRevisionRises(action -> action.put("date", "2020-11-18"));
        assertRevisionRises(action -> action.put("time", "19:00"));
        assertRevisionRises(action -> action.put("minutes", 60));
        assertRevisionRises(action -> action.put("state", "planned"));
        assertRevisionRises(action -> action.put("state", "confirmed"));
        assertRevisionRises(action -> action.put("state", "cancelled"));
        assertRevisionRises(action -> action.put("state", "confirmed"));
        assertRevisionRises(action -> action.set("changes", JSON.createArrayNode()));
        assertRevisionRises(action -> ((ObjectNode) action.get("stops").get(0).get("place")).put("en", "New gate"));
        assertRevisionRises(action -> ((ArrayNode) action.get("campuses")).remove(1));
        assertRevisionRises(action -> ((ObjectNode) action.get("title")).put("es", "Paseo"));
        assertRevisionRises(_ -> campus("lantern.example").put("zone", "America/Chicago"));
    }

    private ObjectNode campus(String id) {
        for (var campus : document.withArray("campuses")) {
            if (campus.get("id").stringValue().equals(id)) return (ObjectNode) campus;
        }
        throw new AssertionError(id + " is not there");
    }

    @Test
    void changesOutsideAnEventDoNotChangeIt() throws IOException {
        importAndAwait();
        var before = event("evening-walk");
        ((ObjectNode) document.get("aim")).put("en", "Light on every path.");
        campus("lantern.example").put("place", "Elsewhere, Colorado");
        evening().put("pledge", false);
        importAndAwait();

        assertThat(event("evening-walk")).isEqualTo(before);
    }

    @Test
    void anActionThatGoesAndComesBackIsNewer() throws IOException {
        importAndAwait();
        assertRevisionRises(action -> action.put("minutes", 45));
        assertRevisionRises(action -> action.put("minutes", 46));
        var before = sequence("evening-walk");
        var walk = evening().deepCopy();
        ((ArrayNode) document.get("actions")).remove(0);
        importAndAwait();
        assertThat(instance.get("/a/evening-walk").statusCode()).isEqualTo(404);
        ((ArrayNode) document.get("actions")).insert(0, walk);
        importAndAwait();

        assertThat(sequence("evening-walk")).isGreaterThan(before);
    }

    /// Simulates a document stored by a server version that did not number revisions yet.
    @Test
    void withoutAStoredSequenceTheListedChangesAreCounted() throws Exception {
        importAndAwait();
        try (var superuser = instance.database();
                var statement = superuser.createStatement()) {
            statement.execute("DELETE FROM site.action WHERE campaign = 'lantern-walk'");
        }
        document.put("hashtag", "Lanterns");
        importAndAwait();
        assertThat(sequence("evening-walk")).isEqualTo(1);
        assertThat(sequence("teach-in")).isEqualTo(2);
        assertThat(sequence("first-walk")).isZero();

        assertRevisionRises(action -> action.put("minutes", 60));
    }

    /// The example as a separate campaign, so that its first import is the first revision.
    private static ObjectNode exampleWithSlug(String slug) throws IOException {
        return inThePast(ExampleCampaign.document(slug));
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
    void aCancellationWithoutAListedChangeIsFirstInTheFeed() throws IOException {
        var walk = exampleWithSlug("sudden");
        importAndAwait(walk);
        var before = entry("sudden", "sudden-evening-walk");
        var feed = feed("sudden");
        assertThat(before.getUpdatedDate().toInstant()).isEqualTo(Instant.parse("2020-11-01T12:00:00Z"));
        assertThat(feed.getEntries().getFirst().getUri()).endsWith("sudden-teach-in");

        ((ObjectNode) walk.get("actions").get(0)).put("state", "cancelled");
        importAndAwait(walk);
        var after = feed("sudden").getEntries().getFirst();
        assertThat(after.getUri()).isEqualTo(before.getUri());
        assertThat(after.getUpdatedDate()).isAfter(before.getUpdatedDate());
        assertThat(after.getPublishedDate()).isEqualTo(before.getPublishedDate());
        assertThat(feed("sudden").getPublishedDate())
                .isEqualTo(after.getUpdatedDate())
                .isAfter(feed.getPublishedDate());

        ((ObjectNode) walk.get("actions").get(1)).put("state", "planned"); // another action changes on the same day
        importAndAwait(walk);
        assertThat(feed("sudden").getEntries().getFirst().getUri()).endsWith("sudden-teach-in");
    }

    @Test
    void aChangeWithAFutureDateIsDatedByItsImport() throws IOException {
        var walk = exampleWithSlug("tomorrow");
        var changes = (ArrayNode) walk.get("actions").get(0).get("changes");
        ((ObjectNode) changes.get(0)).put("date", "2999-11-01");
        importAndAwait(walk);
        var before = entry("tomorrow", "tomorrow-evening-walk").getUpdatedDate().toInstant();
        assertThat(before).isBefore(Instant.parse("2999-01-01T00:00:00Z"));

        ((ObjectNode) walk.get("actions").get(0)).put("minutes", 30);
        importAndAwait(walk);
        assertThat(entry("tomorrow", "tomorrow-evening-walk").getUpdatedDate().toInstant())
                .isAfter(before);
    }

    @Test
    void aChangeAfterTheClockWasSetBackIsNewerAllTheSame() throws Exception {
        var walk = exampleWithSlug("ahead");
        importAndAwait(walk);
        try (var superuser = instance.database();
                var statement = superuser.createStatement()) {
            statement.execute("""
                    UPDATE site.action SET updated = now() + interval '1 hour', changed = now() + interval '1 hour'
                    WHERE campaign = 'ahead'
                    """);
        }
        importAndAwait(walk.put("hashtag", "Lanterns")); // published with the dates of the clock that was ahead
        var entry = entry("ahead", "ahead-evening-walk").getUpdatedDate();
        var stamp = event("ahead-evening-walk").getLastModified().getValue();

        ((ObjectNode) walk.get("actions").get(0)).put("minutes", 30);
        importAndAwait(walk);
        assertThat(entry("ahead", "ahead-evening-walk").getUpdatedDate()).isAfter(entry);
        assertThat(event("ahead-evening-walk").getLastModified().getValue()).isAfterOrEqualTo(stamp);
    }

    @Test
    void anActionAnnouncedLaterStandsFirstBeforeAHundredUpdates() throws IOException {
        var walk = exampleWithSlug("late");
        var announced = ((ArrayNode) walk.get("actions")).remove(1);
        var updates = (ArrayNode) walk.get("updates");
        for (var i = 0; i < 100; i++) updates.add(updates.get(0).deepCopy());
        importAndAwait(walk);
        assertThat(feed("late").getEntries()).hasSize(100);

        ((ArrayNode) walk.get("actions")).add(announced);
        importAndAwait(walk);
        var first = feed("late").getEntries().getFirst();
        assertThat(first.getUri()).endsWith("late-teach-in");
        assertThat(first.getUpdatedDate().toInstant()).isAfter(Instant.parse("2020-12-31T00:00:00Z"));
        assertThat(first.getPublishedDate().toInstant()).isEqualTo(Instant.parse("2020-02-03T12:00:00Z"));
    }

    @Test
    void noActionMovesWhenSomethingElseIsEdited() throws IOException {
        var walk = exampleWithSlug("still");
        walk.putNull("opens").putNull("closes");
        for (var action : walk.get("actions")) {
            ((ObjectNode) action).put("state", "confirmed").putNull("source").putArray("changes");
        }
        importAndAwait(walk);
        var before = feed("still").getEntries().toString();

        ((ObjectNode) walk.get("aim")).put("en", "Light on every path.");
        importAndAwait(walk);
        assertThat(feed("still").getEntries()).hasToString(before);
    }

    /// If two campaigns used the same address, one of the two would have no page.
    @ParameterizedTest
    @CsvSource({"petitions, lantern-lights", "actions, evening-walk", "letters, regents"})
    void aSlugOfAnotherCampaignIsRefused(String list, String slug) throws IOException {
        importAndAwait();
        var other = exampleWithSlug("greedy");
        ((ObjectNode) other.get(list).get(0)).put("slug", slug);
        var file = Files.writeString(directory.resolve("greedy.json"), other.toPrettyString());

        var run = instance.command("import", "campaign", file.toString()).isRefused("line ");
        assertThat(run.err().strip()).endsWith(list + " has " + slug + ", which belongs to the campaign lantern-walk");
        assertThat(instance.get("/k/greedy").statusCode()).isEqualTo(404);
    }

    /// `Last-Modified` counts whole seconds: it cannot distinguish two versions of the same second.
    @Test
    void ifModifiedSinceReturnsTheNewVersionOfTheSameSecond() throws IOException {
        CLOCK.hold();
        try {
            document.put("hashtag", "Before");
            importAndAwait();
            var path = "/k/lantern-walk/campaign.json";
            var date = instance.get(path).headers().firstValue("Last-Modified").orElseThrow();
            document.put("hashtag", "After");
            importAndAwait();
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

        instance.command("import", "campaign", file.toString())
                .isRefused("zone is not a time zone like America/New_York");
    }

    @Test
    void aYearWithMoreThanFourDigitsIsRefused() throws IOException {
        importAndAwait();
        var before = shown("lantern-walk");
        evening().put("date", "+12020-11-16");
        var file = Files.writeString(directory.resolve("far.json"), document.toPrettyString(), StandardCharsets.UTF_8);

        instance.command("import", "campaign", file.toString()).isRefused("is not a date like 2016-11-16");
        assertThat(shown("lantern-walk")).isEqualTo(before);
    }
}
