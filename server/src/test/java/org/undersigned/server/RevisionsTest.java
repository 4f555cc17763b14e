package org.undersigned.server;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whatever an editor changes, and whether the document tells that it was changed, whoever subscribed takes it.
final class RevisionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static Town town;

    @TempDir
    private static Path directory;

    private ObjectNode document;

    @BeforeAll
    static void start() {
        town = Town.start();
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @BeforeEach
    void bringTheLanterns() throws IOException {
        document = (ObjectNode) JSON.readTree(Files.readString(Path.of("../docs/examples/lanterns.json")));
        bring();
    }

    /// Imports the document, and waits until it is shown.
    private void bring() throws IOException {
        var text = document.toPrettyString();
        town.importCampaign(Files.writeString(directory.resolve("campaign.json"), text));
        for (var attempt = 0; !text.equals(shown()); attempt++) {
            if (attempt == 600) throw new AssertionError("not shown");
            Town.sleep(50);
        }
    }

    private static String shown() {
        return Town.text(town.get("/k/lantern-walk/campaign.json"));
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
        var calendar = Biweekly.parse(Town.text(town.get("/a/" + slug + "/action.ics")));
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
        rises(action -> action.put("date", "2040-11-18"));
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
        var before = event("evening-walk");
        ((ObjectNode) document.get("aim")).put("en", "Light on every path.");
        campus("lantern.example").put("place", "Elsewhere, Colorado");
        evening().put("pledge", false);
        bring();

        assertThat(event("evening-walk")).isEqualTo(before);
    }

    @Test
    void anActionThatGoesAndComesBackIsNewer() throws IOException {
        rises(action -> action.put("minutes", 45));
        rises(action -> action.put("minutes", 46));
        var before = number("evening-walk");
        var walk = evening().deepCopy();
        ((ArrayNode) document.get("actions")).remove(0);
        bring();
        assertThat(town.get("/a/evening-walk").statusCode()).isEqualTo(404);
        ((ArrayNode) document.get("actions")).insert(0, walk);
        bring();

        assertThat(number("evening-walk")).isGreaterThan(before);
    }

    /// As when the document was kept by a version that did not yet number.
    @Test
    void whereNothingWasNumberedTheChangesToldAreCounted() throws Exception {
        try (var superuser = town.database("postgres");
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

    @Test
    void aDateOfAYearWithoutFourDigitsIsNone() throws IOException {
        var before = shown();
        evening().put("date", "+12040-11-16");
        var file = Files.writeString(directory.resolve("far.json"), document.toPrettyString(), StandardCharsets.UTF_8);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> town.importCampaign(file))
                .hasMessageContaining("is not a date like 2016-11-16");
        assertThat(shown()).isEqualTo(before);
    }
}
