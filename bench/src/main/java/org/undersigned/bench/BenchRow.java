package org.undersigned.bench;

import java.util.ArrayList;
import java.util.List;
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
        @Nullable Double goal) {
    double ratio() {
        return rate / most;
    }

    boolean reached() {
        return goal == null || ratio() >= goal;
    }

    /// Formats the rows as a table of fixed width.
    static String table(List<BenchRow> rows) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%-52s %14s   %-40s %14s  %6s  %5s",
                "",
                "per second",
                "limit",
                "per second",
                "ratio",
                "goal"));
        for (BenchRow row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-52s %,14.0f   %-40s %,14.0f  %6.2f  %5s%s",
                    row.what(),
                    row.rate(),
                    row.limit(),
                    row.most(),
                    row.ratio(),
                    row.goal() == null ? "" : String.format(Locale.ROOT, "%.2f", row.goal()),
                    row.reached() ? "" : "  below"));
        }
        return String.join("\n", lines);
    }
}
