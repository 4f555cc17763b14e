package org.undersigned.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of the table: a rate and the limit that it is compared with, both measured in the same run.
///
/// @param what  the measured operation
/// @param rate  operations per second
/// @param limit the operation that sets the limit
/// @param most  the limit, in operations per second
/// @param goal  the smallest acceptable ratio; null: no goal, only shown
record BenchRow(
        String what,
        double rate,
        String limit,
        double most,
        @Nullable Double goal) implements BenchResult {
    static final String HEADER = String.format(
            Locale.ROOT, "%-52s %14s   %-40s %14s  %6s  %5s", "", "per second", "limit", "per second", "ratio", "goal");

    double ratio() {
        return rate / most;
    }

    @Override
    public boolean reached() {
        return goal == null || ratio() >= goal;
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-52s %,14.0f   %-40s %,14.0f  %6.2f  %5s%s",
                what,
                rate,
                limit,
                most,
                ratio(),
                goal == null ? "" : String.format(Locale.ROOT, "%.2f", goal),
                reached() ? "" : "  below");
    }
}
