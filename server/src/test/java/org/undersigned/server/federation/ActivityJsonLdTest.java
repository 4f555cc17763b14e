package org.undersigned.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.TestInstance;

/// Tests that what is published over ActivityPub is linked data: a JSON-LD processor (Titanium) finds a definition
/// for every term.
///
/// The test does not download the two contexts that documents name: `src/test/resources/activitypub/` has copies of
/// them as they are published. The context of ActivityStreams maps an unknown term to a blank node (`@vocab`), so a
/// property must be a URL to count as known.
final class ActivityJsonLdTest {
    private static final String AS = "https://www.w3.org/ns/activitystreams#";
    private static final Map<String, String> CONTEXTS = Map.of(
            "https://www.w3.org/ns/activitystreams", "activitystreams.json",
            "https://w3id.org/security/v1", "security-v1.json");
    private static final String EVENT = "/ap/lantern-walk/events/evening-walk";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @BeforeAll
    static void start() {
        for (var attempt = 0; instance.get(EVENT).statusCode() != 200; attempt++) {
            if (attempt == 600) throw new AssertionError("the walk is not announced");
            TestInstance.sleep(50);
        }
    }

    private static Document context(URI url) {
        var name = Objects.requireNonNull(CONTEXTS.get(url.toString()), url.toString());
        try (var file = Files.newBufferedReader(Path.of("src/test/resources/activitypub", name))) {
            return JsonDocument.of(file);
        } catch (IOException | JsonLdError e) {
            throw new AssertionError(e);
        }
    }

    private static JsonArray expanded(String json) throws JsonLdError {
        var options = new JsonLdOptions((url, _) -> context(url));
        options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
        return JsonLd.expand(JsonDocument.of(new StringReader(json)))
                .options(options)
                .get();
    }

    private static JsonObject read(String path) throws JsonLdError {
        return expanded(TestInstance.text(instance.get(path))).getJsonObject(0);
    }

    private static void properties(JsonValue value, Set<String> to) {
        if (value instanceof JsonArray array) array.forEach(one -> properties(one, to));
        if (!(value instanceof JsonObject object)) return;
        to.addAll(object.keySet());
        object.values().forEach(one -> properties(one, to));
    }

    /// Returns the texts, ids and numbers of a property.
    private static List<String> values(JsonObject of, String property) {
        return of.getJsonArray(property).stream()
                .map(JsonValue::asJsonObject)
                .map(one -> Objects.requireNonNullElse(one.get("@value"), one.get("@id")))
                .map(one -> one instanceof JsonString text ? text.getString() : one.toString())
                .toList();
    }

    private static JsonObject inside(JsonObject of, String property) {
        return of.getJsonArray(property).getJsonObject(0);
    }

    private static List<String> types(JsonObject of) {
        return of.getJsonArray("@type").getValuesAs(JsonString::getString);
    }

    private static String here(String path) {
        return instance.publicUrl() + path;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actor",
                "/actor/outbox",
                "/ap/lantern-walk",
                "/ap/lantern-walk/outbox",
                "/ap/lantern-walk/outbox?page=1",
                "/ap/lantern-walk/followers",
                "/ap/lantern-walk/following",
                EVENT,
                "/ap/lantern-walk/updates/2040-02-05-1",
                "/ap/lantern-walk/answers/harbor.example-1-2040-02-04-1",
                "/ap/sanctuary-campus",
                "/ap/sanctuary-campus/outbox?page=1"
            })
    void everyWordHasAMeaning(String path) throws JsonLdError {
        var properties = new TreeSet<String>();
        properties(read(path), properties);

        assertThat(properties).isNotEmpty().allMatch(ActivityJsonLdTest::isKnown);
    }

    @Test
    void aWordWithoutAMeaningIsNoticed() throws JsonLdError {
        var wrong = new TreeSet<String>();
        properties(
                expanded(TestInstance.text(instance.get(EVENT)).replace("\"startTime\"", "\"startsAt\""))
                        .getJsonObject(0),
                wrong);

        assertThat(wrong).contains("_:startsAt");
        assertThat(wrong).filteredOn(ActivityJsonLdTest::isKnown).hasSize(wrong.size() - 1);
    }

    private static boolean isKnown(String property) {
        return property.startsWith("@") || property.matches("https?://\\S+");
    }

    @Test
    void anActorTellsWhereToWriteAndWithWhichKey() throws JsonLdError {
        var actor = read("/ap/lantern-walk");

        assertThat(actor.getString("@id")).isEqualTo(here("/ap/lantern-walk"));
        assertThat(types(actor)).containsExactly(AS + "Group");
        assertThat(values(actor, "http://www.w3.org/ns/ldp#inbox")).containsExactly(here("/ap/lantern-walk/inbox"));
        assertThat(values(actor, AS + "outbox")).containsExactly(here("/ap/lantern-walk/outbox"));
        assertThat(values(actor, AS + "preferredUsername")).containsExactly("lantern-walk");
        assertThat(values(actor, AS + "name")).contains("Lantern Walk");
        assertThat(values(inside(actor, AS + "endpoints"), AS + "sharedInbox")).containsExactly(here("/actor/inbox"));
        assertThat(values(actor, AS + "manuallyApprovesFollowers")).containsExactly("false");
        var key = inside(actor, "https://w3id.org/security#publicKey");
        assertThat(values(key, "https://w3id.org/security#owner")).containsExactly(here("/ap/lantern-walk"));
        assertThat(values(key, "https://w3id.org/security#publicKeyPem").getFirst())
                .startsWith("-----BEGIN PUBLIC KEY-----\n");
    }

    @Test
    void anEventTellsWhenWhereAndWhetherInBothLanguages() throws JsonLdError {
        var event = read(EVENT);

        assertThat(types(event)).containsExactly(AS + "Event");
        assertThat(values(event, AS + "name")).contains("Evening walk", "Marcha de la tarde");
        var name = event.getJsonArray(AS + "name").getValuesAs(JsonObject.class);
        assertThat(name.stream().filter(one -> one.getString("@language", "").equals("es")))
                .hasSize(1);
        assertThat(values(event, AS + "startTime")).containsExactly("2040-11-16T18:30:00-07:00");
        assertThat(inside(event, AS + "startTime").getString("@type"))
                .isEqualTo("http://www.w3.org/2001/XMLSchema#dateTime");
        assertThat(values(event, "http://www.w3.org/2002/12/cal/ical#status")).containsOnly("CONFIRMED");
        assertThat(values(event, "https://joinmobilizon.org/ns#timezone")).containsExactly("America/Denver");
        assertThat(values(event, AS + "attributedTo")).containsExactly(here("/ap/lantern-walk"));
        assertThat(values(event, AS + "to")).containsExactly(AS + "Public");
        var place = inside(event, AS + "location");
        assertThat(types(place)).containsExactly(AS + "Place");
        assertThat(types(inside(place, "http://schema.org#address")))
                .containsExactly("http://schema.org#PostalAddress");
        assertThat(types(inside(event, AS + "tag"))).containsExactly(AS + "Hashtag");
    }

    @Test
    void aNoteTellsItsWordsInBothLanguagesAndTheOutboxWhoSaidIt() throws JsonLdError {
        var note = read("/ap/lantern-walk/updates/2040-02-05-1");
        var page = read("/ap/lantern-walk/outbox?page=1");

        assertThat(types(note)).containsExactly(AS + "Note");
        assertThat(values(note, AS + "content")).hasSize(3); // both languages together, and each alone
        assertThat(values(note, AS + "published")).hasSize(1);
        assertThat(types(page)).containsExactly(AS + "OrderedCollectionPage");
        var activities = inside(page, AS + "items").getJsonArray("@list").getValuesAs(JsonObject.class);
        assertThat(activities).isNotEmpty().allSatisfy(activity -> {
            assertThat(types(activity)).containsExactly(AS + "Create");
            assertThat(values(activity, AS + "actor")).containsExactly(here("/ap/lantern-walk"));
            assertThat(inside(activity, AS + "object").getString("@id")).startsWith(here("/ap/lantern-walk/"));
        });
    }
}
