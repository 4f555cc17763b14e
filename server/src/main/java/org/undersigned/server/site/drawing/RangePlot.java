package org.undersigned.server.site.drawing;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Differing figures about one thing side by side on one axis: a bar from the least to the most each can mean.
/// An end that the words leave open is a short stub that fades away, as long for every row, since nothing says
/// how far it goes. Figures without any number have a row and no bar.
public record RangePlot(Axis axis, List<Row> rows) {
    /// How wide a known end is drawn, and each part of a fading stub, in percent of the axis.
    private static final double END = 0.8;

    private static final double FADING = 3;
    private static final int FADES = 4;

    /// @param label    what is measured
    /// @param words    as printed
    /// @param language of those words
    /// @param reporter who printed them
    /// @param low      null: no lower end
    /// @param high     null: no upper end
    /// @param about    whether the words only say "about": the ends then say where, not how far
    public record Row(
            String label,
            String words,
            String language,
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

    /// A part of a stub: where it begins and how wide it is, `12.50%`.
    ///
    /// @param fade 1 beside the known end to 4, the faintest
    public record Stub(String from, String width, int fade) {}

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

    /// Where the bar of `row` begins: `12.50%`. Of a row with one end, that end.
    public String from(Row row) {
        return Axis.percentOf(start(row));
    }

    private double start(Row row) {
        if (row.low() != null) return axis.at(row.low());
        return Math.max(0, axis.at(Objects.requireNonNull(row.high())) - END);
    }

    /// How wide it is, never too thin to see.
    public String width(Row row) {
        var end = row.low() == null || row.high() == null ? 0 : axis.at(row.high());
        return Axis.percentOf(Math.max(END, end - start(row)));
    }

    /// What fades away from the one end that is known; nothing if both are, or none.
    public List<Stub> fading(Row row) {
        if (!row.isDrawn() || (row.low() != null && row.high() != null)) return List.of();
        var up = row.high() == null;
        return IntStream.rangeClosed(1, FADES)
                .mapToObj(fade -> {
                    var from = up ? start(row) + END + (fade - 1) * FADING : start(row) - fade * FADING;
                    var left = Math.max(0, from);
                    return new Stub(
                            Axis.percentOf(left),
                            Axis.percentOf(Math.max(0, Math.min(100, from + FADING) - left)),
                            fade);
                })
                .toList();
    }
}
