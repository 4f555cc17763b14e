package org.undersigned.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of the table: a time or a number of failures, which must not be greater than its goal.
///
/// @param what     what is measured
/// @param measured in `unit`
/// @param unit     such as `ms`
/// @param goal     the greatest acceptable value; null: no goal, only shown
record BenchBound(
        String what, double measured, String unit, @Nullable Double goal) implements BenchResult {
    @Override
    public boolean reached() {
        return goal == null || measured <= goal;
    }

    @Override
    public String line() {
        return String.format(
                        Locale.ROOT,
                        "%-52s %14s   %s%s",
                        what,
                        number(measured) + " " + unit,
                        goal == null ? "" : "at most " + number(goal) + " " + unit,
                        reached() ? "" : "  above")
                .stripTrailing();
    }

    /// With one decimal below 100, unless the number is whole.
    private static String number(double value) {
        var isWhole = value == Math.rint(value);
        return String.format(Locale.ROOT, isWhole || value >= 100 ? "%,.0f" : "%.1f", value);
    }
}
