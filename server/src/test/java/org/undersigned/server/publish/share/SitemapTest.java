package org.undersigned.server.publish.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

final class SitemapTest {
    private static final String HERE = "https://sign.example.org";

    private static Sitemap of(int pages) {
        var paths = new LinkedHashMap<String, Instant>();
        for (var i = 0; i < pages; i++) paths.put("/c/campus" + i + ".example", Instant.EPOCH);
        return new Sitemap(paths);
    }

    private static String text(byte[] xml) {
        return new String(xml, StandardCharsets.UTF_8);
    }

    @Test
    void aFileIsSplitWhenItWouldHoldMoreThanIsAllowed() {
        var five = of(5);

        var index = text(five.write(HERE, 2));
        assertThat(index)
                .contains("<sitemapindex")
                .contains("/sitemap.xml?part=3</loc>")
                .doesNotContain("part=4");
        assertThat(text(five.part(HERE, 1, 2))).contains("campus0", "campus1").doesNotContain("campus2");
        assertThat(text(five.part(HERE, 3, 2))).contains("campus4").doesNotContain("campus3");
        assertThat(text(five.write(HERE, 5))).contains("<urlset").contains("campus0", "campus4");
    }

    @Test
    void theLargestFileIsWithinWhatTheProtocolAllows() {
        var xml = of(Sitemap.MOST).write(HERE, Sitemap.MOST);

        assertThat(text(xml).split("<loc>", -1).length - 1)
                .isEqualTo(3 * Sitemap.MOST)
                .isLessThanOrEqualTo(50_000);
        assertThat(xml.length).isLessThan(50 << 20);
    }

    @Test
    void aSummaryIsNeitherTooShortNorTooLongAndTearsNoCharacter() {
        var filler = "And some more words that make it long enough.";
        assertThat(PageDescription.of(filler, "Short."))
                .isEqualTo("Short. " + filler)
                .hasSizeBetween(50, 160);
        assertThat(PageDescription.of(filler, "One sentence that is quite long enough", "to stand alone."))
                .isEqualTo("One sentence that is quite long enough to stand alone.");
        assertThat(PageDescription.of(filler, "many words, ".repeat(40)))
                .hasSizeBetween(145, 160)
                .endsWith("words…");
        assertThat(PageDescription.of(filler, "🏳️‍🌈".repeat(100)))
                .hasSizeBetween(50, 160)
                .matches("(🏳️‍🌈)+…");
        assertThat(PageDescription.of(filler, "  two\n\tlines  of words that go on for a while, and on"))
                .startsWith("two lines of");
    }
}
