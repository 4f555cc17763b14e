package org.undersigned.server.publish.paper;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import java.util.Objects;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.undersigned.tlog.Hash;

/// Converts XHTML to tagged PDF/A-2a (ISO 19005-2) that is also PDF/UA-1 (ISO 14289-1). It embeds its own fonts,
/// reduced to the letters in use. The same text with the same date gives the same bytes at any time and on any
/// machine. It fetches nothing, from this machine or another.
final class PdfRenderer {
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggingEnabled(false); // its log quotes the text of the document
    }

    /// The number of pages that `xhtml` fills.
    int pages(String xhtml) {
        try (var renderer = renderer(xhtml)) {
            renderer.layout();
            return renderer.getRootBox().getLayer().getPages().size();
        }
    }

    /// @param dated the creation date that the document states
    byte[] print(String xhtml, Instant dated) {
        try (var renderer = renderer(xhtml)) {
            renderer.layout();
            renderer.createPDFWithoutClosing();
            try (var document = renderer.getPdfDocument()) {
                nameLinks(document);
                date(document, dated.truncatedTo(ChronoUnit.SECONDS));
                document.setDocumentId(ByteBuffer.wrap(Hash.sha256(xhtml.getBytes(StandardCharsets.UTF_8))
                                .bytes())
                        .getLong());
                var bytes = new ByteArrayOutputStream(1 << 16);
                document.save(bytes, CompressParameters.NO_COMPRESSION); // object streams come with a wrong /Size
                return bytes.toByteArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PdfBoxRenderer renderer(String xhtml) {
        var builder = new PdfRendererBuilder();
        builder.withHtmlContent(printable(xhtml), null);
        builder.useFastMode();
        builder.usePdfUaAccessibility(true);
        builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
        builder.useColorProfile(SRGB);
        builder.withProducer("Undersigned");
        builder.useObjectDrawerFactory(new PdfObjectDrawer());
        builder.useExternalResourceAccessControl(
                (_, _) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
        builder.useExternalResourceAccessControl(
                (_, _) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        builder.useReplacementText("\u25a1"); // an empty square for a character that none of these fonts has
        builder.useFont(() -> font("NotoSans-Regular"), "Sans", 400, FontStyle.NORMAL, true);
        builder.useFont(() -> font("NotoSans-Bold"), "Sans", 700, FontStyle.NORMAL, true);
        builder.useFont(() -> font("NotoSans-Italic"), "Sans", 400, FontStyle.ITALIC, true);
        builder.useFont(() -> font("NotoSansMono-Regular"), "Mono", 400, FontStyle.NORMAL, true);
        builder.useFont(() -> font("NotoEmoji-Regular"), "Emoji", 400, FontStyle.NORMAL, true);
        return builder.buildPdfRenderer();
    }

    private static InputStream font(String name) {
        return Objects.requireNonNull(PdfRenderer.class.getResourceAsStream("/web/fonts/" + name + ".ttf"), name);
    }

    /// Removes characters that XML does not allow (XML 1.0 §2.2), and characters that only change the emoji before
    /// them (selectors, joiners, skin tones): print has no emoji colours.
    static String printable(String xhtml) {
        return xhtml.replaceAll("[^\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "")
                .replaceAll("[\\uFE0E\\uFE0F\\u200D\\x{1F3FB}-\\x{1F3FF}]", "");
    }

    /// Gives each link its address as a text description (ISO 14289-1 §7.18.5).
    private static void nameLinks(PDDocument document) throws IOException {
        for (var page : document.getPages()) {
            for (var note : page.getAnnotations()) {
                if (note instanceof PDAnnotationLink link && link.getAction() instanceof PDActionURI action) {
                    link.setContents(action.getURI());
                }
            }
        }
    }

    /// Sets the creation date in both places of a PDF/A: the document information and the XMP metadata.
    private static void date(PDDocument document, Instant moment) throws IOException {
        document.getDocumentInformation().setCreationDate(GregorianCalendar.from(moment.atZone(ZoneOffset.UTC)));
        var metadata = document.getDocumentCatalog().getMetadata();
        var xmp = new String(metadata.toByteArray(), StandardCharsets.UTF_8)
                .replaceFirst("(<xmp:CreateDate>)[^<]*", "$1" + moment);
        metadata.importXMPMetadata(xmp.getBytes(StandardCharsets.UTF_8));
    }
}
