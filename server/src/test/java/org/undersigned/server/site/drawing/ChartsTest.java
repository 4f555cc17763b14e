package org.undersigned.server.site.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChartsTest {
    private static RangePlot.Row row(@Nullable Long low, @Nullable Long high) {
        return new RangePlot.Row("Held", "some words", "en", "A paper", low, high, false);
    }

    @Test
    void anEvenAxisGoesToTheNextRoundNumber() {
        var axis = Axis.covering(List.of(150L, 180L));

        assertThat(axis.logarithmic()).isFalse();
        assertThat(axis.most()).isEqualTo(200);
        assertThat(axis.percent(50)).isEqualTo("25.00%");
        assertThat(axis.ticks()).containsExactly(0L, 50L, 100L, 150L, 200L);
    }

    @Test
    void figuresFarApartStandByPowersOfTen() {
        var axis = Axis.covering(List.of(10L, 11_000_000L));

        assertThat(axis.logarithmic()).isTrue();
        assertThat(axis.at(10)).isLessThan(axis.at(1_000)).isGreaterThan(0);
        assertThat(axis.at(100_000_000)).isEqualTo(100);
        assertThat(axis.ticks()).contains(1L, 100L).isSorted();
    }

    @Test
    void aBarIsAsLongAsWhatTheWordsAllow() {
        var plot = RangePlot.of(
                List.of(row(100L, 200L), row(50L, null), row(null, 80L), row(150L, 150L), row(null, null)));

        assertThat(plot.isWorthDrawing()).isTrue();
        assertThat(plot.rows()).extracting(RangePlot.Row::shape).containsExactly("range", "from", "to", "exact", "to");
        assertThat(plot.from(plot.rows().getFirst())).isEqualTo("50.00%");
        assertThat(plot.width(plot.rows().getFirst())).isEqualTo("50.00%");
        assertThat(plot.from(plot.rows().get(1))).isEqualTo("25.00%");
        assertThat(plot.width(plot.rows().get(1))).isEqualTo("0.80%");
        assertThat(plot.from(plot.rows().get(2))).isEqualTo("39.20%");
        assertThat(plot.fading(plot.rows().getFirst())).isEmpty();
        assertThat(plot.width(plot.rows().get(3))).isEqualTo("0.80%");
        assertThat(plot.rows().getLast().isDrawn()).isFalse();
        assertThat(RangePlot.of(List.of(row(1L, 2L), row(null, null))).isWorthDrawing())
                .isFalse();
    }

    @Test
    void anOpenEndFadesAwayAsFarForEveryFigure() {
        var plot = RangePlot.of(List.of(row(24L, null), row(200L, null), row(null, 200L)));

        assertThat(plot.axis().most()).isEqualTo(500);
        assertThat(plot.fading(plot.rows().get(0)))
                .extracting(RangePlot.Stub::width)
                .containsOnly("3.00%")
                .hasSize(4);
        assertThat(plot.fading(plot.rows().get(1)))
                .extracting(RangePlot.Stub::from)
                .containsExactly("40.80%", "43.80%", "46.80%", "49.80%");
        assertThat(plot.fading(plot.rows().get(2)))
                .extracting(RangePlot.Stub::from)
                .containsExactly("36.20%", "33.20%", "30.20%", "27.20%");
    }

    @Test
    void anOpenEndAtTheEdgeOfTheAxisStaysOnIt() {
        var plot = RangePlot.of(List.of(row(null, 1L), row(1L, 100L)));

        assertThat(plot.fading(plot.rows().getFirst()).getLast().from()).isEqualTo("0.00%");
        assertThat(plot.fading(plot.rows().getFirst()).getLast().width()).isEqualTo("0.00%");
    }

    @Test
    void growthIsDrawnInSteps() {
        var start = Instant.parse("2016-11-16T12:00:00Z");
        var chart = StepChart.of(List.of(
                new StepChart.Point(start, 10),
                new StepChart.Point(start.plusSeconds(60), 15),
                new StepChart.Point(start.plusSeconds(120), 20)));

        assertThat(chart.path()).isEqualTo("M0,300H0.0V150.0H500.0V75.0H1000.0V0.0H1000");
        assertThat(chart.area()).endsWith("V300H0Z");
    }

    @Test
    void theTableOfALongGrowthIsShortAndKeepsItsEnds() {
        var points = LongStream.range(0, 500)
                .mapToObj(i -> new StepChart.Point(Instant.ofEpochSecond(i), 10 + i))
                .toList();

        var some = StepChart.of(points).sample();

        assertThat(some)
                .hasSizeLessThanOrEqualTo(12)
                .startsWith(points.getFirst())
                .endsWith(points.getLast());
    }
}
