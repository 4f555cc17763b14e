package org.undersigned.bench;

import java.util.ArrayList;
import java.util.List;

/// One line of the table that the bench prints.
sealed interface BenchResult permits BenchRow, BenchBound {
    /// False if there is a goal and this misses it.
    boolean reached();

    /// The line, without its end.
    String line();

    /// Formats the results as a table of fixed width.
    static String table(List<BenchResult> results) {
        var lines = new ArrayList<String>();
        lines.add(BenchRow.HEADER);
        for (var result : results) lines.add(result.line());
        return String.join("\n", lines);
    }
}
