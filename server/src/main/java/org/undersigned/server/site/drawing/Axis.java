package org.undersigned.server.site.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Maps numbers to positions on a line, 0 to 100: linear, or logarithmic if the numbers are far apart.
///
/// @param most the number at 100
public record Axis(double most, boolean logarithmic) {
    private static final double FAR_APART = 50;

    /// An axis that shows all of `numbers`, from 0 (or from 1 if it is logarithmic).
    public static Axis covering(List<Long> numbers) {
        var most = numbers.stream().mapToLong(Long::longValue).max().orElse(1);
        var least = numbers.stream()
                .mapToLong(Long::longValue)
                .filter(n -> n > 0)
                .min()
                .orElse(1);
        var logarithmic = most / (double) least > FAR_APART;
        return logarithmic ? new Axis(Math.pow(10, Math.ceil(Math.log10(most))), true) : even(most);
    }

    /// A linear axis from 0 to the next round number.
    static Axis even(long most) {
        return new Axis(nice(most), false);
    }

    /// The next of 1, 2, 5, 10, 20, … at or above `number`.
    private static double nice(double number) {
        var power = Math.pow(10, Math.floor(Math.log10(Math.max(1, number))));
        for (var step : new double[] {1, 2, 5, 10}) {
            if (step * power >= number) return step * power;
        }
        return 10 * power;
    }

    /// The position of `number`, in percent of the axis.
    public double at(double number) {
        if (!logarithmic) return 100 * Math.min(1, number / most);
        return number <= 1 ? 0 : 100 * Math.min(1, Math.log10(number) / Math.log10(most));
    }

    /// [#at] as an attribute: `12.50%`.
    public String percent(double number) {
        return percentOf(at(number));
    }

    static String percentOf(double part) {
        return String.format(Locale.ROOT, "%.2f%%", part);
    }

    /// The ratio of each mark to the mark before it, on a logarithmic axis.
    public long tickRatio() {
        return Math.round(Math.pow(10, powersPerMark()));
    }

    private int powersPerMark() {
        return Math.max(1, ((int) Math.round(Math.log10(most)) + 3) / 4);
    }

    /// Numbers to mark: at most five, with 0 or 1.
    public List<Long> ticks() {
        var ticks = new ArrayList<Long>();
        if (logarithmic) {
            var powers = (int) Math.round(Math.log10(most));
            for (var power = 0; power <= powers; power += powersPerMark()) ticks.add(Math.round(Math.pow(10, power)));
        } else {
            for (var part = 0; part <= 4; part++) {
                var tick = Math.round(most * part / 4);
                if (!ticks.contains(tick)) ticks.add(tick);
            }
        }
        return ticks;
    }
}
