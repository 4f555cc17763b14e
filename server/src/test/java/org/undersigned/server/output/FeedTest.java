package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;
import org.w3c.dom.Element;

/// Atom feeds, read with ROME and the JDK's XML parser.
final class FeedTest {
    private static final String WALK = "/k/lantern-walk/feed.atom";
    private static final String DEMO = "/k/sanctuary-campus/feed.atom";

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        instance.importCampaign(Files.writeString(directory.resolve("lanterns.json"), lanterns()));
        until(WALK, "Evening walk");
    }

    /// The example campaign moved to 2020, a year in the past: no update date is later than the import.
    private static String lanterns() throws IOException {
        return ExampleCampaign.document().replace("2040-", "2020-");
    }

    private static void until(String path, String words) {
        for (var attempt = 0; !TestInstance.text(instance.get(path)).contains(words); attempt++) {
            if (attempt == 600) throw new AssertionError("nothing of " + words);
            TestInstance.sleep(50);
        }
    }

    private static SyndFeed feed(String path) {
        var answer = instance.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/atom+xml; charset=utf-8");
        try {
            return new SyndFeedInput().build(new StringReader(TestInstance.text(answer)));
        } catch (FeedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> ids(String path) {
        return feed(path).getEntries().stream().map(SyndEntry::getUri).toList();
    }

    private static SyndEntry entry(String path, String id) {
        return feed(path).getEntries().stream()
                .filter(one -> one.getUri().equals("tag:localhost,2026:" + id))
                .findFirst()
                .orElseThrow();
    }

    private static Instant updated(SyndEntry entry) {
        return entry.getUpdatedDate().toInstant();
    }

    private static String html(SyndEntry entry) {
        return entry.getContents().getFirst().getValue();
    }

    @Test
    void theWalkoutOfTheDemonstrationIsInItsFeed() {
        var feed = feed(DEMO + "?lang=en");
        assertThat(feed.getTitle()).isEqualTo("Sanctuary Campus: what is new");
        assertThat(feed.getAuthors().getFirst().getName()).isEqualTo("Movimiento Cosecha");
        assertThat(feed.getEntries()).hasSize(9);

        var joint = entry(DEMO + "?lang=en", "/a/usc-ucla-walkout");
        assertThat(joint.getTitle()).isEqualTo("Joint walkout of USC and UCLA");
        assertThat(updated(joint)).isEqualTo(Instant.parse("2016-11-16T12:00:00Z"));
        assertThat(joint.getAuthor()).startsWith("USC student news, Los Angeles");
        assertThat(joint.getLink()).endsWith("/a/usc-ucla-walkout?lang=en");
        assertThat(html(joint))
                .contains("<li>UCLA: gathered outside Royce Hall</li>")
                .contains("3:00\u202fPM, Pacific Standard Time")
                .contains("University of Southern California, University of California, Los Angeles");
        assertThat(joint.getCategories())
                .extracting(SyndCategory::getName)
                .contains("action", "walkout", "held", "usc.edu", "ucla.edu", "sanctuary-campus");
    }

    @Test
    void updatesActionsAndEachStepOfAnAnswerStandNewestFirst() {
        assertThat(ids(WALK))
                .containsExactly(
                        "tag:localhost,2026:/a/teach-in",
                        "tag:localhost,2026:/a/evening-walk",
                        "tag:localhost,2026:/c/lantern.example/lantern-walk/demand-1/2020-02-20/1",
                        "tag:localhost,2026:/k/lantern-walk/updates/2020-02-05/1",
                        "tag:localhost,2026:/c/harbor.example/lantern-walk/demand-1/2020-02-04/1",
                        "tag:localhost,2026:/c/harbor.example/lantern-walk/demand-2/2020-02-04/1",
                        "tag:localhost,2026:/a/first-walk",
                        "tag:localhost,2026:/c/lantern.example/lantern-walk/demand-3/2020-01-30/1",
                        "tag:localhost,2026:/c/harbor.example/lantern-walk/demand-1/2020-01-25/1");
        var dates = feed(WALK).getEntries().stream().map(FeedTest::updated).toList();
        assertThat(dates).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(feed(WALK).getPublishedDate().toInstant()).isEqualTo(dates.getFirst());
    }

    @Test
    void anAnswerTellsWhoSaidWhatWithItsEvidence() {
        var step = entry(WALK + "?lang=es", "/c/harbor.example/lantern-walk/demand-1/2020-02-04/1");

        assertThat(step.getTitle())
                .isEqualTo(
                        "Harbor University: adoptada en parte. Iluminar todos los caminos entre las residencias y las"
                                + " calles.");
        assertThat(step.getAuthor()).isEqualTo("Harbor University, Oficina de la presidencia");
        assertThat(html(step))
                .contains("<blockquote><p>Iluminaremos el camino norte a más tardar en otoño.</p></blockquote>")
                .contains("<a href=\"https://harbor.example/letter\">Carta del 4 de febrero");
        assertThat(step.getLink()).endsWith("/c/harbor.example?lang=es#demand-1");
        assertThat(html(entry(WALK, "/c/harbor.example/lantern-walk/demand-2/2020-02-04/1")))
                .contains("Legal basis: City code 12-3");
    }

    @Test
    void aCampusHasAFeedOfWhatConcernsIt() {
        assertThat(ids("/c/northfield.example/feed.atom"))
                .containsExactly(
                        "tag:localhost,2026:/a/teach-in", "tag:localhost,2026:/k/lantern-walk/updates/2020-02-05/1");
        assertThat(ids("/c/ucla.edu/feed.atom")).containsExactly("tag:localhost,2026:/a/usc-ucla-walkout");
        assertThat(instance.get("/c/nowhere.example/feed.atom").statusCode()).isEqualTo(404);
        assertThat(instance.get("/k/nothing/feed.atom").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {WALK, DEMO, "/c/harbor.example/feed.atom", "/c/tufts.edu/feed.atom"})
    void everythingThatAtomRequiresIsThere(String path) throws Exception {
        for (var language : List.of("en", "es")) {
            var bytes = instance.get(path + "?lang=" + language).body();
            var root = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(bytes))
                    .getDocumentElement();
            assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
            assertThat(root.getAttribute("xml:lang")).isEqualTo(language);
            assertThat(links(root)).contains("self http://localhost:0" + path + "?lang=" + language);
            requireBasics(root);
            var seen = new ArrayList<String>();
            for (var entry : children(root, "entry")) {
                requireBasics(entry);
                assertThat(links(entry)).anyMatch(link -> link.startsWith("alternate http"));
                assertThat(children(entry, "content").getFirst().getAttribute("type"))
                        .isEqualTo("html");
                seen.add(children(entry, "id").getFirst().getTextContent());
            }
            assertThat(seen).doesNotHaveDuplicates().isNotEmpty();
        }
        assertThat(ids(path + "?lang=en")).isEqualTo(ids(path + "?lang=es"));
    }

    /// RFC 4287 §4.1.1, §4.1.2: exactly one id, title and updated (RFC 3339); an author with a name.
    private static void requireBasics(Element element) {
        for (var name : List.of("id", "title", "updated")) {
            assertThat(children(element, name)).as(name).hasSize(1);
        }
        assertThat(children(element, "id").getFirst().getTextContent()).startsWith("tag:localhost,2026:/");
        assertThat(children(element, "title").getFirst().getTextContent()).isNotBlank();
        assertThat(Instant.parse(children(element, "updated").getFirst().getTextContent()))
                .isNotNull();
        assertThat(children(element, "author")).isNotEmpty();
        for (var author : children(element, "author")) {
            assertThat(children(author, "name").getFirst().getTextContent()).isNotBlank();
        }
    }

    private static List<Element> children(Element element, String name) {
        var nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(one -> one instanceof Element && name.equals(one.getLocalName()))
                .map(Element.class::cast)
                .toList();
    }

    private static List<String> links(Element element) {
        return children(element, "link").stream()
                .map(link -> link.getAttribute("rel") + " " + link.getAttribute("href"))
                .toList();
    }

    @Test
    void aChangeUpdatesItsEntryAndOlderNewsKeepsItsId(@TempDir Path directory) throws IOException {
        var path = "/k/feed-walk/feed.atom";
        var document = lanterns()
                .replace(".example\"", "-feed.example\"") // campuses of its own
                .replace("\"lantern-walk\"", "\"feed-walk\"")
                .replace("\"evening-walk\"", "\"feed-evening\"")
                .replace("\"slug\": \"teach-in\"", "\"slug\": \"feed-teach-in\"")
                .replace("\"first-walk\"", "\"feed-first\"")
                .replace("\"lantern-lights\"", "\"feed-lights\"")
                .replace("\"slug\": \"regents\"", "\"slug\": \"feed-regents\"");
        instance.importCampaign(Files.writeString(directory.resolve("before.json"), document));
        until(path, "Evening walk");
        var before = feed(path);
        assertThat(updated(entry(path, "/a/feed-evening"))).isEqualTo(Instant.parse("2020-11-01T12:00:00Z"));

        var update =
                "{\"date\": \"2020-02-05\", \"source\": null, \"text\": {\"en\": \"News & <more>\", \"es\": \"Más 🏮\"}}";
        var many = IntStream.range(0, 95).mapToObj(_ -> update + ",").reduce("", String::concat);
        var change =
                "{\"date\": \"2020-11-09\", \"text\": {\"en\": \"Bring a friend.\", \"es\": \"Traiga a alguien.\"}},";
        var after = insert(insert(document, "\"2020-02-05\"", many), "\"2020-11-01\"", change);
        instance.importCampaign(Files.writeString(directory.resolve("after.json"), after));
        until(path, "Bring a friend");

        var changed = entry(path, "/a/feed-evening");
        assertThat(updated(changed)).isAfter(Instant.parse("2020-12-31T00:00:00Z")); // the time of import
        assertThat(html(changed)).contains("Bring a friend.").contains("The walk begins half an hour later");
        assertThat(feed(path).getEntries().getFirst().getUri()).isEqualTo("tag:localhost,2026:/a/feed-evening");
        assertThat(feed(path).getEntries()).hasSize(100); // only the newest 100
        assertThat(ids(path)).doesNotHaveDuplicates();
        assertThat(entry(path, "/k/feed-walk/updates/2020-02-05/1").getTitle())
                .isEqualTo(before.getEntries().get(3).getTitle());
        assertThat(feed(path + "?lang=es").getEntries())
                .extracting(SyndEntry::getTitle)
                .contains("Más 🏮");
        assertThat(feed(path).getEntries()).extracting(SyndEntry::getTitle).contains("News & <more>");
    }

    /// Inserts `objects` before the object that contains `mark` for the first time.
    private static String insert(String document, String mark, String objects) {
        var at = document.lastIndexOf('{', document.indexOf(mark));
        return document.substring(0, at) + objects + document.substring(at);
    }

    @Test
    void aReaderThatHasItIsToldThatItHasNotChanged() {
        var first = instance.get(WALK);
        var tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(instance.get(WALK, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(first.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(first.headers().firstValue("Vary").orElseThrow()).contains("Accept-Language");
    }
}
