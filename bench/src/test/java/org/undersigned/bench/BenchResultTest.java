package org.undersigned.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchResultTest {
    @Test
    void aRateBelowItsGoalSaysSo() {
        var row = new BenchRow("casts", 500, "verifications", 10_000, 0.5);

        assertThat(row.reached()).isFalse();
        assertThat(row.line()).contains("500", "10,000", "0.05", "0.50").endsWith("below");
        assertThat(new BenchRow("casts", 5_000, "verifications", 10_000, 0.5).line())
                .endsWith("0.50");
    }

    @Test
    void aTimeAboveItsGoalSaysSo() {
        assertThat(new BenchBound("p99", 50.04, "ms", 50.0).line())
                .contains("50.0 ms", "at most 50 ms")
                .endsWith("above");
        assertThat(new BenchBound("p99", 50, "ms", 50.0).reached()).isTrue();
        assertThat(new BenchBound("refused", 21_293, "casts", 0.0).line()).contains("21,293 casts");
    }

    @Test
    void withoutGoalEverythingIsReached() {
        assertThat(new BenchBound("p50", 4.25, "ms", null).line())
                .startsWith("p50")
                .endsWith("4.3 ms");
        assertThat(new BenchRow("casts", 1, "verifications", 10_000, null).reached())
                .isTrue();
    }

    @Test
    void theTableHasALineForEachResult() {
        var table = BenchResult.table(
                List.of(new BenchRow("casts", 1, "verifications", 2, null), new BenchBound("p50", 4, "ms", null)));

        assertThat(table.lines()).hasSize(3);
    }
}
