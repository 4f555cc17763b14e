package org.undersigned.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
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

/// Reads a PDF with independent libraries: OpenPDF and PDFBox read text and structure, veraPDF checks conformance,
/// ZXing reads the QR codes on the rendered pages.
public final class PrintedPdf {
    public static final float A4_WIDTH = 595.3f;
    public static final float A4_HEIGHT = 841.9f;
    public static final float LETTER_WIDTH = 612f;
    public static final float LETTER_HEIGHT = 792f;

    private static final Set<String> SPOKEN = Set.of("H1", "H2", "H3", "P", "TH", "TD", "LBody");
    private static final int DPI = 200;
    private static final List<Double> DISTANCES = List.of(1.0, 1.3, 0.7, 1.7, 2.2);
    private static final int STRIPS = 8;
    private static final double STRIPS_HIGH = 88; // millimetres
    private static final double MILLIMETRES = 25.4; // in an inch
    private static final float EDGE_OF_SHEET = 14 / 213f; // of the sheet's width, which is between A4 and Letter
    private static final float EDGE = 24; // points, a third of an inch
    private static final double DESCENT = 0.25; // the part of the font size below the baseline

    private final byte[] bytes;
    private final PdfReader reader;

    public PrintedPdf(byte[] bytes) {
        this.bytes = bytes.clone();
        try {
            reader = new PdfReader(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int pages() {
        return reader.getNumberOfPages();
    }

    public float width() {
        return reader.getPageSize(1).getWidth();
    }

    public float height() {
        return reader.getPageSize(1).getHeight();
    }

    public String title() {
        return reader.getInfo().getOrDefault("Title", "");
    }

    /// Returns the text as a reader selects and copies it, in one line.
    public String text() {
        var text = new StringBuilder();
        for (var page = 1; page <= pages(); page++) text.append(pageText(page)).append(' ');
        return text.toString().replaceAll("\\s+", " ");
    }

    /// Like [#text], for one page.
    ///
    /// @param page from 1
    public String pageText(int page) {
        try {
            return new PdfTextExtractor(reader).getTextFromPage(page).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public PdfDictionary catalog() {
        return reader.getCatalog();
    }

    /// Returns the name of every font; a font that is not embedded has the suffix ` is missing`.
    public List<String> fonts() {
        var fonts = new ArrayList<String>();
        for (var i = 1; i < reader.getXrefSize(); i++) {
            var object = reader.getPdfObject(i);
            if (!(object instanceof PdfDictionary font) || !PdfName.FONT.equals(font.get(PdfName.TYPE))) continue;
            var descriptor = font.getAsDict(PdfName.FONTDESCRIPTOR);
            if (descriptor == null) continue; // a composite font; its descendant font is listed separately
            var embedded = descriptor.contains(PdfName.FONTFILE2);
            fonts.add(PdfName.decodeName(font.get(PdfName.BASEFONT).toString()) + (embedded ? "" : " is missing"));
        }
        return fonts;
    }

    /// Returns the roles in the structure tree, depth first.
    public List<String> tags() {
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

    private static String marked(Map<PDPage, Map<Integer, String>> words, PDPage page, int id) {
        return words.getOrDefault(page, Map.of()).getOrDefault(id, "");
    }

    /// Returns the URLs of all links, each once.
    public List<String> links() {
        try (var document = Loader.loadPDF(bytes)) {
            var links = new LinkedHashSet<String>();
            for (var page : document.getPages()) {
                for (var note : page.getAnnotations()) {
                    if (note instanceof PDAnnotationLink link && link.getAction() instanceof PDActionURI action) {
                        links.add(action.getURI());
                    }
                }
            }
            return List.copyOf(links);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the titles of the first level of the outline.
    public List<String> bookmarks() {
        try (var document = Loader.loadPDF(bytes)) {
            var outline = document.getDocumentCatalog().getDocumentOutline();
            var names = new ArrayList<String>();
            if (outline != null) outline.children().forEach(item -> names.add(item.getTitle()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns what a screen reader reads, in its order: `H1 words`, `Figure alternate description`, and
    /// `P(en) words` for text that is marked as another language than the document's.
    public List<String> readAloud() {
        try (var document = Loader.loadPDF(bytes)) {
            var words = new HashMap<PDPage, Map<Integer, String>>();
            for (var page : document.getPages()) {
                var extractor = new PDFMarkedContentExtractor();
                extractor.processPage(page);
                var marked = words.computeIfAbsent(page, _ -> new HashMap<>());
                extractor.getMarkedContents().forEach(content -> collect(content, marked));
            }
            var read = new ArrayList<String>();
            read(document.getDocumentCatalog().getStructureTreeRoot().getKids(), words, read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(PDMarkedContent content, Map<Integer, String> marked) {
        var text = new StringBuilder();
        for (var part : content.getContents()) {
            if (part instanceof TextPosition letter) text.append(letter.getUnicode());
            if (part instanceof PDMarkedContent inner) collect(inner, marked);
        }
        if (content.getMCID() >= 0) marked.merge(content.getMCID(), text.toString(), String::concat);
    }

    private static void read(List<Object> kids, Map<PDPage, Map<Integer, String>> words, List<String> read) {
        for (var kid : kids) {
            if (!(kid instanceof PDStructureElement element)) continue;
            var tag = element.getStandardStructureType();
            if (tag.equals("Figure")) read.add("Figure " + element.getAlternateDescription());
            else if (SPOKEN.contains(tag) && element.getKids().stream().noneMatch(PrintedPdf::isOfItsOwn))
                read.add(tag + language(element) + " " + text(element, words).strip());
            else read(element.getKids(), words, read);
        }
    }

    private static boolean isOfItsOwn(Object kid) {
        return kid instanceof PDStructureElement element
                && (List.of("Figure", "P").contains(element.getStandardStructureType())
                        || element.getKids().stream().anyMatch(PrintedPdf::isOfItsOwn));
    }

    private static String language(PDStructureElement element) {
        return element.getLanguage() == null ? "" : "(" + element.getLanguage() + ")";
    }

    private static String text(PDStructureElement element, Map<PDPage, Map<Integer, String>> words) {
        var text = new StringBuilder();
        for (var kid : element.getKids()) {
            switch (kid) {
                case Integer id -> text.append(marked(words, element.getPage(), id));
                case PDMarkedContentReference reference ->
                    text.append(marked(
                            words,
                            reference.getPage() == null ? element.getPage() : reference.getPage(),
                            reference.getMCID()));
                case PDStructureElement inner -> text.append(text(inner, words));
                default -> {} // the position of a link on the page
            }
        }
        return text.toString();
    }

    /// Returns the violations of a standard, each as clause and message of veraPDF.
    public List<String> violations(PDFAFlavour standard) {
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

    /// Renders each page; if `UNDERSIGNED_SCREENSHOTS` is a directory, also stores the pictures there under `name`.
    public List<BufferedImage> look(String name) {
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

    /// Returns the text of the QR code on a page; empty if the reader finds none. Tries several sizes, as a person
    /// moves a phone nearer and further away: at one size the reader misses one code in some thousands.
    public static Optional<String> code(BufferedImage picture) {
        return DISTANCES.stream()
                .map(distance -> seen(picture, distance))
                .flatMap(seen -> read(seen).stream())
                .findFirst();
    }

    private static BufferedImage seen(BufferedImage picture, double distance) {
        var sized = AffineTransform.getScaleInstance(1 / distance, 1 / distance);
        return new AffineTransformOp(sized, AffineTransformOp.TYPE_BILINEAR).filter(picture, null);
    }

    /// Reads with one threshold for each part of the picture, or else with one for the whole, as readers do.
    private static Optional<String> read(BufferedImage picture) {
        var light = new BufferedImageLuminanceSource(picture);
        return read(new HybridBinarizer(light)).or(() -> read(new GlobalHistogramBinarizer(light)));
    }

    private static Optional<String> read(Binarizer binarizer) {
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(binarizer), Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    /// Returns the text of the QR code on each of the eight tear-off strips, from left to right; `unreadable` for a
    /// code that cannot be read.
    public static List<String> stripCodes(BufferedImage picture) {
        var margin = Math.round(picture.getWidth() * EDGE_OF_SHEET);
        var width = (picture.getWidth() - 2 * margin) / STRIPS;
        var high = (int) (STRIPS_HIGH / MILLIMETRES * DPI);
        return IntStream.range(0, STRIPS)
                .mapToObj(strip ->
                        code(picture.getSubimage(margin + strip * width, picture.getHeight() - high, width, high)))
                .map(code -> code.orElse("unreadable"))
                .toList();
    }

    /// A letter and its bounding box, in points from the lower left corner of the page.
    ///
    /// @param turned rotation in degrees, counterclockwise
    public record Letter(int page, String text, int turned, Rectangle2D room) {}

    /// Returns all letters, in the order of the file.
    public List<Letter> letters() {
        var letters = new ArrayList<Letter>();
        try (var document = Loader.loadPDF(bytes)) {
            var stripper = new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition at) {
                    letters.add(letter(at, getCurrentPageNo()));
                }
            };
            var _ = stripper.getText(document);
            return letters;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Letter letter(TextPosition at, int page) {
        var matrix = at.getTextMatrix();
        var angle = Math.atan2(matrix.getShearY(), matrix.getScaleX());
        var size = at.getFontSizeInPt();
        var lying = new Rectangle2D.Double(0, -DESCENT * size, at.getWidthDirAdj(), size);
        var turn = AffineTransform.getTranslateInstance(matrix.getTranslateX(), matrix.getTranslateY());
        turn.rotate(angle);
        var room = turn.createTransformedShape(lying).getBounds2D();
        return new Letter(page, at.getUnicode(), (int) Math.round(Math.toDegrees(angle)), room);
    }

    /// Returns the letters that are less than a third of an inch from the edge of the page, or beyond it.
    public List<String> outside() {
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
