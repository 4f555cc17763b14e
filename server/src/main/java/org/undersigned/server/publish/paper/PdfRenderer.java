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

/// Sets XHTML on paper: tagged PDF/A-2a (ISO 19005-2) that is also PDF/UA-1 (ISO 14289-1), with our own fonts in
/// it, as many letters as are used. The same text of the same moment gives the same bytes, whenever and wherever it
/// is set. Nothing is fetched, from this machine or another.
final class PdfRenderer {
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggingEnabled(false); // it quotes what it sets
    }

    /// Pages that `xhtml` takes.
    int pages(String xhtml) {
        try (var renderer = renderer(xhtml)) {
            renderer.layout();
            return renderer.getRootBox().getLayer().getPages().size();
        }
    }

    /// @param dated what the document gives as the day it was made
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
        builder.useReplacementText("\u25a1"); // an empty square for what no font of ours has
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

    /// Without what XML cannot hold (XML 1.0 §2.2), and without what only changes the letter before it: the choice
    /// of an emoji's colours, which print has none of.
    static String printable(String xhtml) {
        return xhtml.replaceAll("[^\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "")
                .replaceAll("[\\uFE0E\\uFE0F\\u200D\\x{1F3FB}-\\x{1F3FF}]", "");
    }

    /// A link says in words where it leads (ISO 14289-1 §7.18.5).
    private static void nameLinks(PDDocument document) throws IOException {
        for (var page : document.getPages()) {
            for (var note : page.getAnnotations()) {
                if (note instanceof PDAnnotationLink link && link.getAction() instanceof PDActionURI action) {
                    link.setContents(action.getURI());
                }
            }
        }
    }

    /// In both places a PDF/A says it.
    private static void date(PDDocument document, Instant moment) throws IOException {
        document.getDocumentInformation().setCreationDate(GregorianCalendar.from(moment.atZone(ZoneOffset.UTC)));
        var metadata = document.getDocumentCatalog().getMetadata();
        var xmp = new String(metadata.toByteArray(), StandardCharsets.UTF_8)
                .replaceFirst("(<xmp:CreateDate>)[^<]*", "$1" + moment);
        metadata.importXMPMetadata(xmp.getBytes(StandardCharsets.UTF_8));
    }
}
