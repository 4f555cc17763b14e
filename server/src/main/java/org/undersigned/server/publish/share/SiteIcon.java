package org.undersigned.server.publish.share;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import org.undersigned.server.site.drawing.SvgPath;

/// The instance's icon: a U with a line under it. One drawing, in a square of 64 units, serves both SVG and PNG.
final class SiteIcon {
    static final int SIDE = 64;
    private static final int ROUND = 14;
    private static final int STROKE = 7;

    private SiteIcon() {}

    /// SVG 1.1.
    static String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d">%2$s</svg>
                """.formatted(SIDE, elements());
    }

    /// The SVG elements of the icon, for use inside a larger picture.
    static String elements() {
        return """
                <rect width="%1$d" height="%1$d" rx="%2$d" fill="#%3$06x"/>\
                <path d="%4$s" fill="none" stroke="#%5$06x" stroke-width="%6$d" stroke-linecap="round" stroke-linejoin="round"/>""".formatted(SIDE, ROUND, Palette.ACCENT.rgb(), SvgPath.of(lines()), Palette.PAPER.rgb(), STROKE);
    }

    /// @param side in pixels
    static void draw(Graphics2D to, double x, double y, double side) {
        var place = new AffineTransform(side / SIDE, 0, 0, side / SIDE, x, y);
        to.setColor(Palette.ACCENT.color());
        to.fill(place.createTransformedShape(new RoundRectangle2D.Double(0, 0, SIDE, SIDE, 2 * ROUND, 2 * ROUND)));
        to.setColor(Palette.PAPER.color());
        to.fill(place.createTransformedShape(stroked()));
    }

    private static Shape stroked() {
        return new BasicStroke(STROKE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(lines());
    }

    private static Path2D lines() {
        var path = new Path2D.Double();
        path.moveTo(21, 13);
        path.lineTo(21, 28);
        path.curveTo(21, 36, 25, 40, 32, 40);
        path.curveTo(39, 40, 43, 36, 43, 28);
        path.lineTo(43, 13);
        path.moveTo(17, 52);
        path.lineTo(47, 52);
        return path;
    }
}
