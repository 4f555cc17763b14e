package org.undersigned.server.publish.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

final class PdfRendererTest {
    private static final Instant DAY = Instant.parse("2016-11-16T12:00:00.123456Z");

    private final PdfRenderer renderer = new PdfRenderer();

    private static String text(byte[] pdf) throws IOException {
        return new PdfTextExtractor(new PdfReader(pdf)).getTextFromPage(1);
    }

    private static String page(String body) {
        return "<html lang=\"es\"><head><title>T</title><meta name=\"subject\" content=\"S\" />"
                + "<style>body { font-family: Sans, Emoji }</style></head><body>" + body + "</body></html>";
    }

    @Test
    void theSameWordsOfTheSameDayAreTheSameBytes() throws Exception {
        var once = renderer.print(page("<p>Reúnete en el campus</p>"), DAY);
        var again = renderer.print(page("<p>Reúnete en el campus</p>"), DAY);
        var other = renderer.print(page("<p>Reúnete en la plaza</p>"), DAY);

        assertThat(again).isEqualTo(once);
        assertThat(new PdfReader(once).getInfo().get("CreationDate")).isEqualTo("D:20161116120000+00'00'");
        assertThat(new String(new PdfReader(once).getMetadata(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("<xmp:CreateDate>2016-11-16T12:00:00Z<");
        assertThat(other).isNotEqualTo(once);
        assertThat(text(once)).contains("Reúnete en el campus");
    }

    @Test
    void unknownCharactersAreMarkedAndInvalidXmlIsRemoved() throws Exception {
        var text =
                text(renderer.print(page("<p>a\u0001b \ud83d\udc69\ud83c\udffd\u200d\ud83c\udfeb 漢 ğ Ω Ж</p>"), DAY));

        assertThat(text).contains("ab", "\ud83d\udc69\ud83c\udfeb", "ğ Ω Ж").doesNotContain("漢", "#");
    }

    @Test
    void theTrailerSizeMatchesTheObjectTable() throws Exception {
        var pdf = renderer.print(page("<p>x</p>"), DAY);
        var plain = new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1);

        // ISO 32000-1 §7.5.5: /Size is the highest object number plus one, which is the length of the xref table
        var table = plain.substring(plain.lastIndexOf("\nxref"));
        var size = new PdfReader(pdf).getTrailer().getAsNumber(PdfName.SIZE).intValue();
        assertThat(table).startsWith("\nxref\n0 " + size + "\n");
    }

    @Test
    void nothingIsFetched() {
        var pdf = renderer.print(
                page(
                        "<p>x</p><img src=\"file:///etc/hostname\" alt=\"h\" /><img src=\"http://127.0.0.1:9/x.png\" alt=\"h\" />"),
                DAY);

        assertThat(new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("/Subtype /Image", "/Subtype/Image");
    }
}
