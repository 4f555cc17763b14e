package org.undersigned.server.publish.paper;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import io.nayuki.qrcodegen.QrCode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.site.drawing.StepChart;
import org.w3c.dom.Element;

/// Draws the elements `<object type="qr" data="ADDRESS" alt="…">`, `<object type="steps" data="PATH"
/// alt="…">` and `<object type="cover" alt="…">` of a paper as outlines, which are sharp at any size. It
/// draws no letters, so it never loads a font of the machine.
final class PdfObjectDrawer implements FSObjectDrawerFactory {
    /// White modules around a QR code (ISO/IEC 18004 §5.3.8).
    private static final int QUIET = 4;

    /// Squares of a cover, from left to right.
    private static final int COVER_SQUARES = 44;

    private static final Color ACCENT = new Color(0x0b5a4a);
    private static final Color GROUND = new Color(0xd5e6e1);
    private static final float THIN = 1 / 250f; // of the drawing's width
    private static final Pattern PART = Pattern.compile("[MHVZ]|-?[0-9]+(\\.[0-9]+)?");

    /// Paints on `graphics` in the given width and height (in CSS pixels).
    private interface Painting {
        void on(Graphics2D graphics, double width, double height);
    }

    @Override
    public boolean isReplacedObject(Element e) {
        return painting(e) != null;
    }

    @Override
    public @Nullable FSObjectDrawer createDrawer(Element e) {
        var painting = painting(e);
        if (painting == null) return null;
        return (_, x, y, width, height, device, _, dots) -> {
            var across = width / dots;
            var down = height / dots;
            device.drawWithGraphics(
                    (float) x,
                    (float) y,
                    (float) across,
                    (float) down,
                    graphics -> painting.on(graphics, across, down));
            return Map.of();
        };
    }

    private static @Nullable Painting painting(Element e) {
        var data = e.getAttribute("data");
        return switch (e.getAttribute("type")) {
            case "qr" -> code(data);
            case "steps" -> steps(data);
            case "cover" -> cover();
            default -> null;
        };
    }

    /// Draws the dark modules of a QR code for `text`, one rectangle for each run in a row. At level M the code
    /// stays readable if up to 15 % is torn or wet.
    private static Painting code(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        for (var y = 0; y < code.size; y++) {
            var from = 0;
            for (var x = 0; x <= code.size; x++) {
                if (code.getModule(x, y)) continue; // false beyond the edge
                if (x > from) outline.append(new Rectangle2D.Double(from + QUIET, y + QUIET, x - from, 1), false);
                from = x + 1;
            }
        }
        var whole = code.size + 2.0 * QUIET;
        return (graphics, width, height) -> {
            graphics.setColor(Color.BLACK);
            graphics.fill(AffineTransform.getScaleInstance(width / whole, height / whole)
                    .createTransformedShape(outline));
        };
    }

    /// Fills the area with dark squares without an order, of about the size of a QR code's modules: on paper that is
    /// folded, they make a code on the other side unreadable. The same squares each time.
    private static Painting cover() {
        return (graphics, width, height) -> {
            var side = width / COVER_SQUARES;
            var random = new Random(COVER_SQUARES);
            graphics.setColor(Color.BLACK);
            var squares = new Path2D.Double(Path2D.WIND_NON_ZERO);
            for (var y = 0.0; y + side <= height; y += side) {
                for (var x = 0; x < COVER_SQUARES; x++) {
                    if (random.nextBoolean()) squares.append(new Rectangle2D.Double(x * side, y, side, side), false);
                }
            }
            graphics.fill(squares);
        };
    }

    /// Draws a chart's line and the area below it.
    ///
    /// @param path [StepChart#path]
    private static Painting steps(String path) {
        var line = outline(path);
        var area = outline(path + "V" + StepChart.HEIGHT + "Z");
        return (graphics, width, height) -> {
            var inset = width * THIN / 2; // the line has its full width at both ends
            var room = AffineTransform.getTranslateInstance(inset, 0);
            room.scale((width - 2 * inset) / StepChart.WIDTH, height / StepChart.HEIGHT);
            graphics.setColor(GROUND);
            graphics.fill(room.createTransformedShape(area));
            graphics.setColor(ACCENT);
            graphics.setStroke(new BasicStroke((float) width * THIN, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
            graphics.draw(room.createTransformedShape(line));
        };
    }

    /// Reads the four SVG path commands that a chart uses: M, H, V and Z, absolute.
    private static Path2D outline(String path) {
        var outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        var parts = PART.matcher(path).results().map(MatchResult::group).iterator();
        var x = 0.0;
        var y = 0.0;
        while (parts.hasNext()) {
            switch (parts.next()) {
                case "M" -> {
                    x = Double.parseDouble(parts.next());
                    y = Double.parseDouble(parts.next());
                    outline.moveTo(x, y);
                }
                case "H" -> {
                    x = Double.parseDouble(parts.next());
                    outline.lineTo(x, y);
                }
                case "V" -> {
                    y = Double.parseDouble(parts.next());
                    outline.lineTo(x, y);
                }
                default -> outline.closePath();
            }
        }
        return outline;
    }
}
