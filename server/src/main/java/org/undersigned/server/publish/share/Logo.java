package org.undersigned.server.publish.share;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import org.undersigned.server.site.drawing.SvgPath;
import org.undersigned.server.site.drawing.TextLayout;

/// The logo for people who write about the program: its name beside its icon, for light or dark backgrounds, itself
/// without a background. The letters are outlines, so that the logo looks the same without a font.
///
/// @param dark true for a dark background
record Logo(TextLayout layout, boolean dark) {
    private static final String NAME = "Undersigned";
    private static final double SIZE = 52;
    private static final double LINE = 50; // baseline of the letters
    private static final double GAP = 16; // between icon and name

    /// Width in units of [SiteIcon]; the height is [SiteIcon#SIDE].
    int width() {
        return (int) Math.ceil(SiteIcon.SIDE + GAP + layout.width(NAME, SIZE)) + 1;
    }

    private Palette ink() {
        return dark ? Palette.PAPER : Palette.TEXT;
    }

    private Shape name() {
        return layout.outline(NAME, SIZE, SiteIcon.SIDE + GAP, LINE);
    }

    /// SVG 1.1.
    String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">\
                <title>%3$s</title>%4$s<path d="%5$s" fill="#%6$06x"/></svg>
                """.formatted(width(), SiteIcon.SIDE, NAME, SiteIcon.elements(), SvgPath.of(name()), ink().rgb());
    }

    /// @param scale pixels per unit
    void draw(Graphics2D to, int scale) {
        SiteIcon.draw(to, 0, 0, (double) SiteIcon.SIDE * scale);
        to.setColor(ink().color());
        to.fill(AffineTransform.getScaleInstance(scale, scale).createTransformedShape(name()));
    }
}
