package org.undersigned.server.site.drawing;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Writes a shape as SVG path data (SVG 1.1 §8.3): one letter for each segment, in the order of PathIterator's
/// numbers.
public final class SvgPath {
    private static final int PLACES = 2; // decimals: finer than a screen shows

    private SvgPath() {}

    public static String of(Shape shape) {
        var data = new StringBuilder();
        var at = new double[6];
        for (var steps = shape.getPathIterator(null); !steps.isDone(); steps.next()) {
            var step = steps.currentSegment(at);
            data.append("MLQCZ".charAt(step));
            for (var i = 0; i < numbers(step); i++)
                data.append(i == 0 ? "" : " ").append(rounded(at[i]));
        }
        return data.toString();
    }

    private static int numbers(int step) {
        return switch (step) {
            case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 0;
        };
    }

    private static String rounded(double number) {
        var rounded = BigDecimal.valueOf(number).setScale(PLACES, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
