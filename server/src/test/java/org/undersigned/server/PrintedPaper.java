package org.undersigned.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfObject;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/// A PDF as others read it: OpenPDF its text and structure, veraPDF its promises, ZXing the codes on what it
/// looks like.
final class PrintedPaper {
    static final float A4_WIDTH = 595.3f;
    static final float A4_HEIGHT = 841.9f;
    static final float LETTER_WIDTH = 612f;
    static final float LETTER_HEIGHT = 792f;

    private static final int DPI = 200;
    private static final int STRIPS = 8;
    private static final float EDGE_OF_SHEET = 14 / 213f; // of the width of a sheet between A4 and Letter
    private static final float EDGE = 24; // points, a third of an inch

    private final byte[] bytes;
    private final PdfReader reader;

    PrintedPaper(byte[] bytes) {
        this.bytes = bytes.clone();
        try {
            reader = new PdfReader(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int pages() {
        return reader.getNumberOfPages();
    }

    float width() {
        return reader.getPageSize(1).getWidth();
    }

    float height() {
        return reader.getPageSize(1).getHeight();
    }

    String title() {
        return reader.getInfo().getOrDefault("Title", "");
    }

    /// As selected and copied, in one line.
    String text() {
        try {
            var text = new StringBuilder();
            for (var page = 1; page <= pages(); page++) {
                text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append(' ');
            }
            return text.toString().replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PdfDictionary catalog() {
        return reader.getCatalog();
    }

    /// Of every font there is: its name, and whether its letters are in the file.
    List<String> fonts() {
        var fonts = new ArrayList<String>();
        for (var i = 1; i < reader.getXrefSize(); i++) {
            var object = reader.getPdfObject(i);
            if (!(object instanceof PdfDictionary font) || !PdfName.FONT.equals(font.get(PdfName.TYPE))) continue;
            var descriptor = font.getAsDict(PdfName.FONTDESCRIPTOR);
            if (descriptor == null) continue; // a composite font; the one it is made of comes too
            var embedded = descriptor.contains(PdfName.FONTFILE2);
            fonts.add(PdfName.decodeName(font.get(PdfName.BASEFONT).toString()) + (embedded ? "" : " is missing"));
        }
        return fonts;
    }

    /// The roles in the structure tree, depth first.
    List<String> tags() {
        var tags = new ArrayList<String>();
        collect(catalog().getAsDict(PdfName.STRUCTTREEROOT).getDirectObject(PdfName.K), tags);
        return tags;
    }

    private static void collect(PdfObject kid, List<String> tags) {
        switch (PdfReader.getPdfObject(kid)) {
            case org.openpdf.text.pdf.PdfArray kids -> kids.getElements().forEach(one -> collect(one, tags));
            case PdfDictionary element
            when element.contains(PdfName.S) -> {
                tags.add(PdfName.decodeName(element.get(PdfName.S).toString()));
                if (element.contains(PdfName.K)) collect(element.getDirectObject(PdfName.K), tags);
            }
            case null, default -> {} // marked content
        }
    }

    /// What it breaks of a standard, in veraPDF's words.
    List<String> breaks(PDFAFlavour standard) {
        VeraGreenfieldFoundryProvider.initialise();
        var foundry = Foundries.defaultInstance();
        try (var parser = foundry.createParser(new ByteArrayInputStream(bytes), standard);
                var validator = foundry.createValidator(standard, false)) {
            var result = validator.validate(parser);
            assertThat(result.getTotalAssertions()).isGreaterThan(500);
            return result.getTestAssertions().stream()
                    .filter(one -> one.getStatus() == TestAssertion.Status.FAILED)
                    .map(one -> one.getRuleId().getClause() + " " + one.getMessage())
                    .toList();
        } catch (VeraPDFException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /// What each page looks like; with `UNDERSIGNED_SCREENSHOTS` set to a directory, kept there under `name`.
    List<BufferedImage> look(String name) {
        var directory = System.getenv("UNDERSIGNED_SCREENSHOTS");
        try (var document = Loader.loadPDF(bytes)) {
            var pictures = new ArrayList<BufferedImage>();
            for (var page = 0; page < document.getNumberOfPages(); page++) {
                var picture = new PDFRenderer(document).renderImageWithDPI(page, DPI);
                pictures.add(picture);
                if (directory != null) {
                    ImageIO.write(
                            picture,
                            "png",
                            Path.of(directory, name + "-" + (page + 1) + ".png").toFile());
                }
            }
            return pictures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a phone reads from the code on a page; empty if there is none that it can read.
    static Optional<String> code(BufferedImage picture) {
        try {
            var bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(picture)));
            return Optional.of(new QRCodeReader()
                    .decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    /// What it reads from each of eight strips, from left to right.
    static List<String> stripCodes(BufferedImage picture) {
        var margin = Math.round(picture.getWidth() * EDGE_OF_SHEET);
        var width = (picture.getWidth() - 2 * margin) / STRIPS;
        var half = picture.getHeight() / 2;
        return IntStream.range(0, STRIPS)
                .mapToObj(strip -> code(picture.getSubimage(margin + strip * width, half, width, half)))
                .map(code -> code.orElse("unreadable"))
                .toList();
    }

    /// Letters that stand less than a third of an inch from the edge or beyond it.
    List<String> outside() {
        var outside = new ArrayList<String>();
        try (var document = Loader.loadPDF(bytes)) {
            var stripper = new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition at) {
                    var inside = at.getX() >= EDGE
                            && at.getX() + at.getWidth() <= at.getPageWidth() - EDGE
                            && at.getY() >= EDGE
                            && at.getY() <= at.getPageHeight() - EDGE;
                    if (!inside) outside.add(at.getUnicode() + " at " + at.getX() + ", " + at.getY());
                }
            };
            var _ = stripper.getText(document);
            return outside;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
