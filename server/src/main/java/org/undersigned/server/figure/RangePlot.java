package org.undersigned.server.figure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Differing figures side by side on one axis: a bar from the least to the most each can mean. A bar without an
/// upper end runs on to the edge, broken. Figures without any number have a row and no bar.
public record RangePlot(Axis axis, List<Row> rows) {
    /// @param words    as printed
    /// @param reporter who printed them
    /// @param low      null: no lower end
    /// @param high     null: no upper end
    /// @param about    whether the words only say "about": the ends then say where, not how far
    public record Row(
            String subject,
            String words,
            String reporter,
            @Nullable Long low,
            @Nullable Long high,
            boolean about) {
        /// Whether there is a number to draw.
        public boolean isDrawn() {
            return low != null || high != null;
        }

        /// `exact`, `range`, `about`, `from` (no upper end) or `to` (no lower end): how the bar looks.
        public String shape() {
            if (about) return "about";
            if (low == null) return "to";
            if (high == null) return "from";
            return low.equals(high) ? "exact" : "range";
        }
    }

    /// Nothing worth drawing with fewer than two rows that have numbers.
    public boolean isWorthDrawing() {
        return rows.stream().filter(Row::isDrawn).count() >= 2;
    }

    public static RangePlot of(List<Row> rows) {
        var numbers = rows.stream()
                .flatMap(row -> Stream.of(row.low(), row.high(), beyond(row)))
                .filter(Objects::nonNull)
                .toList();
        return new RangePlot(Axis.covering(numbers.isEmpty() ? List.of(1L) : numbers), List.copyOf(rows));
    }

    /// Room for a bar without an end to be seen.
    private static @Nullable Long beyond(Row row) {
        return row.low() != null && row.high() == null ? row.low() + Math.max(1, row.low() / 4) : null;
    }

    /// Where the bar of `row` begins: `12.5%`.
    public String from(Row row) {
        return axis.percent(row.low() == null ? 0 : row.low());
    }

    /// How wide it is, never too thin to see.
    public String width(Row row) {
        var from = axis.at(row.low() == null ? 0 : row.low());
        var to = row.high() == null ? 100 : axis.at(row.high());
        return Axis.percentOf(Math.max(0.8, to - from));
    }
}
