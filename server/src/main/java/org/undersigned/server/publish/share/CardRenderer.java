package org.undersigned.server.publish.share;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.site.drawing.TextLayout;
import org.undersigned.server.site.drawing.Typeface;

/// Draws cards, the instance's icon and the logo. Call it from one thread at a time.
public final class CardRenderer {
    /// The size that Open Graph and Twitter expect, in pixels.
    public static final int WIDTH = 1200;

    public static final int HEIGHT = 630;

    /// Side of the PNG icon, in pixels: the size that phones use on a home screen.
    public static final int ICON = 180;

    private static final int LOGO_SCALE = 4; // pixels per unit of its SVG

    private static final int LEFT = 84;
    private static final int RIGHT = WIDTH - 72;
    private static final int SPINE = 24; // width of the bar along the left edge
    private static final int RULE = 548; // the line above the foot
    private static final double LEADING = 1.16;
    private static final int DETAIL = 32; // font size
    private static final int SMALLEST = 26; // font size that stays readable in a messenger's small preview
    /// The renderer takes the largest size at which the title fits into the allowed lines and the free height. At
    /// the smallest size it cuts the title.
    private static final List<Title> TITLES =
            List.of(new Title(80, 2), new Title(68, 2), new Title(58, 3), new Title(50, 3), new Title(44, 4));

    private record Title(int size, int most) {
        int lines(double room) {
            return Math.min(most, (int) (room / (size * LEADING)));
        }
    }

    private @Nullable Fonts fonts;

    private record Fonts(TextLayout regular, TextLayout bold) {
        static Fonts load() {
            var emoji = Typeface.load("NotoEmoji-Regular.ttf");
            return new Fonts(
                    new TextLayout(Typeface.load("NotoSans-Regular.ttf"), emoji),
                    new TextLayout(Typeface.load("NotoSans-Bold.ttf"), emoji));
        }
    }

    /// Loads the fonts at the first request for a picture. This takes half a second, once.
    private Fonts fonts() {
        var loaded = fonts;
        if (loaded == null) fonts = loaded = Fonts.load();
        return loaded;
    }

    /// @return a PNG of [#WIDTH] by [#HEIGHT] pixels
    public byte[] draw(Card card) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var canvas = canvas(image);
        fill(canvas, Palette.PAPER, 0, 0, WIDTH, HEIGHT);
        fill(canvas, Palette.ACCENT, 0, 0, SPINE, HEIGHT);
        head(canvas, card);
        figures(canvas, card);
        foot(canvas, card);
        canvas.dispose();
        return PngWriter.write(image);
    }

    /// @return a PNG of [#ICON] pixels a side
    public byte[] icon() {
        var image = new BufferedImage(ICON, ICON, BufferedImage.TYPE_INT_RGB);
        var canvas = canvas(image);
        fill(canvas, Palette.PAPER, 0, 0, ICON, ICON);
        SiteIcon.draw(canvas, 0, 0, ICON);
        canvas.dispose();
        return PngWriter.write(image);
    }

    /// The same icon as SVG.
    public static byte[] iconSvg() {
        return SiteIcon.svg().getBytes(StandardCharsets.UTF_8);
    }

    /// The logo, four times as large as the SVG, without a background.
    ///
    /// @param dark true for a dark background
    /// @return a PNG
    public byte[] logo(boolean dark) {
        var logo = new Logo(fonts().bold(), dark);
        var image =
                new BufferedImage(logo.width() * LOGO_SCALE, SiteIcon.SIDE * LOGO_SCALE, BufferedImage.TYPE_INT_ARGB);
        var canvas = canvas(image);
        logo.draw(canvas, LOGO_SCALE);
        canvas.dispose();
        return PngWriter.writeUnindexed(image);
    }

    /// The logo as SVG.
    public byte[] logoSvg(boolean dark) {
        return new Logo(fonts().bold(), dark).svg().getBytes(StandardCharsets.UTF_8);
    }

    private static Graphics2D canvas(BufferedImage image) {
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return canvas;
    }

    private static void fill(Graphics2D canvas, Palette color, double x, double y, double width, double height) {
        canvas.setColor(color.color());
        canvas.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /// Draws where, title, notice and detail, from the top.
    private void head(Graphics2D canvas, Card card) {
        var y = 84.0;
        if (!card.where().isEmpty()) {
            var size = Math.max(SMALLEST, fitting(fonts().bold(), card.where(), 34, RIGHT - LEFT));
            var line = fonts().bold().lines(card.where(), size, RIGHT - LEFT, 1);
            write(canvas, fonts().bold(), line.getFirst(), size, LEFT, y + 24, Palette.SOFT);
            y += 48;
        }
        var below = card.notice().isEmpty() && card.detail().isEmpty() ? 0 : 52;
        var room = top(card) - y - below;
        var title = title(card.title(), room);
        for (var line : fonts().bold().lines(card.title(), title.size(), RIGHT - LEFT, title.lines(room))) {
            y += title.size() * LEADING;
            write(canvas, fonts().bold(), line, title.size(), LEFT, y - title.size() * 0.16, Palette.TEXT);
        }
        detail(canvas, card, y + 44);
    }

    private void detail(Graphics2D canvas, Card card, double from) {
        var x = (double) LEFT;
        var y = from;
        if (!card.notice().isEmpty()) {
            write(canvas, fonts().bold(), card.notice(), DETAIL, LEFT, y, Palette.BAD);
            x += fonts().bold().width(card.notice() + "  ", DETAIL);
        }
        var most = 1 + (int) ((top(card) - y) / (DETAIL * LEADING));
        for (var line : fonts().regular().lines(card.detail(), DETAIL, RIGHT - x, most)) {
            write(canvas, fonts().regular(), line, DETAIL, x, y, Palette.SOFT);
            y += DETAIL * LEADING;
        }
    }

    private Title title(String title, double room) {
        return TITLES.stream()
                .filter(one ->
                        fonts().bold().lines(title, one.size(), RIGHT - LEFT).size() <= one.lines(room))
                .findFirst()
                .orElse(TITLES.getLast());
    }

    /// Upper edge of the figures, or of the foot if there are no figures.
    private static double top(Card card) {
        return card.figures().isEmpty() ? RULE - 20 : figuresLine(card) - 92 - 40;
    }

    /// Baseline of the large figure.
    private static double figuresLine(Card card) {
        return RULE - 40.0 - others(card).size() * 42;
    }

    private static List<Card.Figure> others(Card card) {
        return card.figures().stream().skip(1).limit(2).toList();
    }

    /// Draws the first figure large and the others small below it, directly above the rule.
    private void figures(Graphics2D canvas, Card card) {
        if (card.figures().isEmpty()) return;
        var y = figuresLine(card);
        var first = card.figures().getFirst();
        write(canvas, fonts().bold(), card.counted(), 26, LEFT, y - 92, Palette.SOFT);
        var size = fitting(fonts().bold(), first.number(), 92, (RIGHT - LEFT) * 0.62);
        write(canvas, fonts().bold(), first.number(), size, LEFT, y, Palette.ACCENT);
        var x = LEFT + fonts().bold().width(first.number(), size) + 22;
        beside(canvas, first.words(), x, y);
        for (var other : others(card)) {
            y += 42;
            var line = fonts().regular().lines(other.text(), 30, RIGHT - LEFT, 1);
            write(canvas, fonts().regular(), line.getFirst(), 30, LEFT, y, Palette.TEXT);
        }
    }

    /// Draws the words after the large number: on its line if they fit there, else on two lines.
    private void beside(Graphics2D canvas, String words, double x, double y) {
        var size = 36;
        var lines = fonts().regular().lines(words, size, RIGHT - x, 2);
        for (var i = 0; i < lines.size(); i++) {
            write(
                    canvas,
                    fonts().regular(),
                    lines.get(i),
                    size,
                    x,
                    y - (lines.size() - 1 - i) * size * 1.2,
                    Palette.TEXT);
        }
    }

    private void foot(Graphics2D canvas, Card card) {
        fill(canvas, Palette.LINE, LEFT, RULE, RIGHT - LEFT, 2);
        SiteIcon.draw(canvas, LEFT, 567, 40);
        write(canvas, fonts().bold(), card.brand(), 28, LEFT + 54, 597, Palette.TEXT);
        if (card.note().isEmpty()) return;
        var from = LEFT + 54 + fonts().bold().width(card.brand(), 28) + 40;
        var size = fitting(fonts().regular(), card.note(), 23, RIGHT - from);
        var width = fonts().regular().width(card.note(), size);
        write(canvas, fonts().regular(), card.note(), size, RIGHT - width, 596, Palette.SOFT);
    }

    /// Returns `size`, or the smaller size at which the text is no wider than `width`.
    private static double fitting(TextLayout layout, String text, double size, double width) {
        return Math.min(size, size * width / Math.max(1, layout.width(text, size)));
    }

    private static void write(
            Graphics2D canvas, TextLayout layout, String text, double size, double x, double y, Palette color) {
        canvas.setColor(color.color());
        canvas.fill(layout.outline(text, size, x, y));
    }
}
