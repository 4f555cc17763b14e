package org.undersigned.server.site.drawing;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.ttf.model.GsubData;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/// A font that comes with the program, as outlines. The program never uses the machine's fonts or the JDK's code
/// that finds them, because a server has no fonts, or others.
public final class Typeface {
    private static final int NONE = 0; // the glyph for a missing character

    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final GsubData substitutes;

    private Typeface(TrueTypeFont font) throws IOException {
        this.font = font;
        this.glyphs = font.getUnicodeCmapLookup();
        this.substitutes = font.getGsub().getGsubData("DFLT");
    }

    /// @param file name in the fonts folder of the class path
    public static Typeface load(String file) {
        try (var in = Typeface.class.getResourceAsStream("/web/fonts/" + file)) {
            if (in == null) throw new IllegalStateException("font " + file + " is missing: build the web files first");
            return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(int codePoint) {
        return glyphs.getGlyphId(codePoint) != NONE;
    }

    /// The glyphs of one character as a reader sees it: a single glyph if the font has one for the whole, such as a
    /// family of three or a flag (OpenType `ccmp`).
    ///
    /// @param codePoints without variation selectors
    List<Integer> glyphs(List<Integer> codePoints) {
        var ids = codePoints.stream().map(glyphs::getGlyphId).toList();
        if (ids.size() < 2 || substitutes == null || !substitutes.isFeatureSupported("ccmp")) return ids;
        var whole = substitutes.getFeature("ccmp");
        return whole.canReplaceGlyphs(ids) ? List.of(whole.getReplacementForGlyphs(ids)) : ids;
    }

    /// Advance width as a fraction of the font size.
    double advance(int glyph) {
        try {
            return (double) font.getAdvanceWidth(glyph) / font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a glyph's outline, with its baseline at `y`.
    void add(int glyph, double size, double x, double y, Path2D to) {
        try {
            var data = font.getGlyph().getGlyph(glyph);
            var outline = data == null ? new GeneralPath() : data.getPath();
            var scale = size / font.getUnitsPerEm();
            to.append(outline.getPathIterator(new AffineTransform(scale, 0, 0, -scale, x, y)), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
