package org.undersigned.server.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.io.SyndFeedInput;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;

/// Any text gives well-formed XML and can be read back, with the JDK's parser and with ROME.
final class AtomWriterTest {
    private static final Instant UPDATED = Instant.parse("2040-11-16T12:00:00Z");

    private static final Instant PUBLISHED = Instant.parse("2040-11-01T12:00:00Z");

    private static byte[] write(String text) {
        var entry = new Feed.Entry(
                "tag:x.example,2026:/a/walk",
                text,
                PUBLISHED,
                UPDATED,
                text,
                "https://x.example/a/walk?a=1&b=2",
                List.of(new Feed.Category("walk", text)),
                new HtmlFragment().paragraph(text, text).toString());
        return AtomWriter.write(new Feed(
                "tag:x.example,2026:/k/x",
                text,
                text,
                "es",
                "https://x.example/k/x",
                "https://x.example/k/x/feed.atom?a=1&b=2",
                List.of(text),
                UPDATED,
                List.of(entry)));
    }

    @Provide
    Arbitrary<String> texts() {
        var hard = Arbitraries.of(
                "<", "&", "]]>", "&amp;", "\"", "'", "😀", "👩‍👩‍👧", "ñ", "\u0007", "\uFFFE", "\uD83D", "<b>", " ");
        var any = Arbitraries.strings().ofMaxLength(10);
        return Arbitraries.oneOf(hard, any)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(parts -> "¡" + String.join("", parts) + "!");
    }

    @Property(tries = 500)
    void anyTextIsWellFormedAndComesBack(@ForAll("texts") String text) throws Exception {
        var bytes = write(text);
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        var expected = asXmlKeepsIt(text);

        var root = document.getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        assertThat(root.getAttribute("xml:lang")).isEqualTo("es");
        var titles = root.getElementsByTagNameNS("*", "title");
        assertThat(titles.item(0).getTextContent()).isEqualTo(expected);
        assertThat(titles.item(1).getTextContent()).isEqualTo(expected);
        var content = (Element) root.getElementsByTagNameNS("*", "content").item(0);
        assertThat(content.getAttribute("type")).isEqualTo("html");
        // the HTML is one paragraph for any text
        assertThat(content.getTextContent().replaceAll("</?(p|strong)>", "")).doesNotContain("<", ">");

        var feed = new SyndFeedInput()
                .build(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
        assertThat(feed.getEntries().getFirst().getTitle().strip()).isEqualTo(expected.strip());
        assertThat(feed.getEntries().getFirst().getPublishedDate()).isEqualTo(PUBLISHED);
        assertThat(feed.getEntries().getFirst().getUpdatedDate()).isEqualTo(UPDATED);
        assertThat(feed.getEntries().getFirst().getCategories())
                .extracting(SyndCategory::getName)
                .containsExactly("walk");
    }

    /// Returns the text after writing and parsing: characters that XML cannot contain are replaced, and parsers
    /// change all line ends to LF (XML 1.0 §2.2, §2.11).
    private static String asXmlKeepsIt(String text) {
        var kept = new StringBuilder();
        text.codePoints().forEach(point -> {
            var legal = point == '\t'
                    || point == '\n'
                    || point == '\r'
                    || (point >= 0x20 && point <= 0xD7FF)
                    || (point >= 0xE000 && point <= 0xFFFD)
                    || point >= 0x1_0000;
            kept.appendCodePoint(legal ? point : 0xFFFD);
        });
        return kept.toString().replace("\r\n", "\n").replace('\r', '\n');
    }
}
