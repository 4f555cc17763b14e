package org.undersigned.server.site.drawing;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Differing figures about one subject on one axis: each bar runs from the least to the most that a figure can
/// mean. An end that the words leave open is a short stub that fades away. The stub has the same length in every
/// row, because no source states how far it goes. Figures without any number have a row and no bar.
public record RangePlot(Axis axis, List<Row> rows) {
    /// Width of a known end, and of each part of a fading stub, in percent of the axis.
    private static final double END = 0.8;

    private static final double FADING = 3;
    private static final int FADES = 4;

    /// @param label    what is measured
    /// @param words    as printed
    /// @param language of those words
    /// @param reporter who printed them
    /// @param low      null if there is no lower end
    /// @param high     null if there is no upper end
    /// @param about    true if the words only say "about": the ends then give the position, not the limits
    public record Row(
            String label,
            String words,
            String language,
            String reporter,
            @Nullable Long low,
            @Nullable Long high,
            boolean about) {
        /// True if there is a number to draw.
        public boolean isDrawn() {
            return low != null || high != null;
        }

        /// The look of the bar: `exact`, `range`, `about`, `from` (no upper end) or `to` (no lower end).
        public String shape() {
            if (about) return "about";
            if (low == null) return "to";
            if (high == null) return "from";
            return low.equals(high) ? "exact" : "range";
        }
    }

    /// A part of a stub: its start and its width, `12.50%`.
    ///
    /// @param fade from 1, beside the known end, to 4, the faintest
    public record Stub(String from, String width, int fade) {}

    /// True if at least two rows have numbers.
    public boolean isWorthDrawing() {
        return rows.stream().filter(Row::isDrawn).count() >= 2;
    }

    public static RangePlot of(List<Row> rows) {
        var numbers = rows.stream()
                .flatMap(row -> Stream.of(row.low(), row.high(), roomForOpenEnd(row)))
                .filter(Objects::nonNull)
                .toList();
        return new RangePlot(Axis.covering(numbers.isEmpty() ? List.of(1L) : numbers), List.copyOf(rows));
    }

    /// A number above the lower end, so that the axis has space for a bar without an upper end.
    private static @Nullable Long roomForOpenEnd(Row row) {
        return row.low() != null && row.high() == null ? row.low() + Math.max(1, row.low() / 4) : null;
    }

    /// The start of the bar of `row`: `12.50%`. For a row with one end, that end.
    public String from(Row row) {
        return Axis.percentOf(start(row));
    }

    private double start(Row row) {
        if (row.low() != null) return axis.at(row.low());
        return Math.max(0, axis.at(Objects.requireNonNull(row.high())) - END);
    }

    /// The width of the bar, never too thin to see.
    public String width(Row row) {
        var end = row.low() == null || row.high() == null ? 0 : axis.at(row.high());
        return Axis.percentOf(Math.max(END, end - start(row)));
    }

    /// The stub that fades away from the single known end; empty if both ends are known, or none.
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
