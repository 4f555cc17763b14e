package org.undersigned.server.site.drawing;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// Converts text to outlines in one typeface, with another for the emoji that it lacks. Sizes and positions are in
/// pixels.
public final class TextLayout {
    private static final String ELLIPSIS = "…";
    private static final int EMOJI_SELECTOR = 0xFE0F; // these four: Unicode Technical Standard 51
    private static final int TEXT_SELECTOR = 0xFE0E;
    private static final int JOINER = 0x200D;
    private static final IntPredicate TONE = point -> point >= 0x1F3FB && point <= 0x1F3FF;

    private final Typeface letters;
    private final Typeface emoji;

    public TextLayout(Typeface letters, Typeface emoji) {
        this.letters = letters;
        this.emoji = emoji;
    }

    /// In bold, with Noto Emoji for characters that Noto Sans lacks. Threads may share it: this method makes both
    /// fonts read the data that they load at first use.
    public static TextLayout bold() {
        var bold = new TextLayout(Typeface.load("NotoSans-Bold.ttf"), Typeface.load("NotoEmoji-Regular.ttf"));
        var _ = bold.width("A\ud83d\udca1", 1);
        return bold;
    }

    private record Glyph(Typeface face, int id) {}

    public double width(String text, double size) {
        return glyphs(text).stream()
                        .mapToDouble(one -> one.face().advance(one.id()))
                        .sum()
                * size;
    }

    /// @param x left edge
    /// @param y baseline
    public Shape outline(String text, double size, double x, double y) {
        var path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        var at = x;
        for (var glyph : glyphs(text)) {
            glyph.face().add(glyph.id(), size, at, y, path);
            at += glyph.face().advance(glyph.id()) * size;
        }
        return path;
    }

    /// Breaks text into lines no wider than `width`: between words, or inside a word that is wider than a line.
    public List<String> lines(String text, double size, double width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var piece : pieces(text, BreakIterator.getLineInstance(Locale.ROOT))) {
            if (width(line + piece.stripTrailing(), size) <= width) {
                line.append(piece);
                continue;
            }
            end(line, lines);
            for (var part : pieces(piece, BreakIterator.getCharacterInstance(Locale.ROOT))) {
                if (width(line + part.stripTrailing(), size) > width) end(line, lines);
                line.append(part);
            }
        }
        end(line, lines);
        return lines;
    }

    private static void end(StringBuilder line, List<String> lines) {
        var text = line.toString().strip();
        if (!text.isEmpty()) lines.add(text);
        line.setLength(0);
    }

    /// The first `most` lines; the last of them ends in an ellipsis if there are more.
    public List<String> lines(String text, double size, double width, int most) {
        var lines = lines(text, size, width);
        if (lines.size() <= most) return lines;
        var shown = new ArrayList<>(lines.subList(0, most));
        shown.set(most - 1, shortened(shown.getLast(), size, width));
        return shown;
    }

    private String shortened(String line, double size, double width) {
        var kept = pieces(line, BreakIterator.getCharacterInstance(Locale.ROOT));
        while (kept.size() > 1 && width(String.join("", kept).strip() + ELLIPSIS, size) > width) kept.removeLast();
        return String.join("", kept).strip() + ELLIPSIS;
    }

    private List<Glyph> glyphs(String text) {
        var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return pieces(composed, BreakIterator.getCharacterInstance(Locale.ROOT)).stream()
                .flatMap(this::glyphsOf)
                .toList();
    }

    /// @param character one character as a reader sees it
    private Stream<Glyph> glyphsOf(String character) {
        var points = points(character, point -> point != EMOJI_SELECTOR && point != TEXT_SELECTOR);
        if (points.isEmpty()) return Stream.empty();
        var first = points.getFirst();
        var wantsEmoji = character.indexOf(EMOJI_SELECTOR) >= 0 || !letters.has(first);
        var face = wantsEmoji && emoji.has(first) ? emoji : letters;
        var ids = face.glyphs(points);
        // A joined emoji that the font does not have is drawn as its parts.
        if (ids.size() > 1)
            ids = face.glyphs(
                    points(character, point -> points.contains(point) && point != JOINER && !TONE.test(point)));
        return ids.stream().map(id -> new Glyph(face, id));
    }

    private static List<Integer> points(String text, IntPredicate which) {
        return text.codePoints().filter(which).boxed().toList();
    }

    private static List<String> pieces(String text, BreakIterator breaks) {
        breaks.setText(text);
        var pieces = new ArrayList<String>();
        for (int from = breaks.first(), to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            pieces.add(text.substring(from, to));
        }
        return pieces;
    }
}
