package org.undersigned.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void aQuantileIsARecordedTimeThatSoManyDoNotExceed() {
        for (var ms = 100; ms >= 1; ms--) latencies.add(ms * 1_000_000L);

        assertThat(latencies.quantile(0.5)).isEqualTo(50);
        assertThat(latencies.quantile(0.99)).isEqualTo(99);
        assertThat(latencies.quantile(0.991)).isEqualTo(100);
        assertThat(latencies.quantile(1)).isEqualTo(100);
    }

    @Test
    void oneSlowRequestInTenIsThe99thPercentile() {
        for (var i = 0; i < 9; i++) latencies.add(1_000_000);
        latencies.add(500_000);
        latencies.add(70_500_000);

        assertThat(latencies.quantile(0.99)).isEqualTo(70.5);
        assertThat(latencies.quantile(0.01)).isEqualTo(0.5);
    }

    @Test
    void moreTimesFitThanTheFirstArrayHolds() {
        for (var i = 1; i <= 5_000; i++) latencies.add(i * 1_000_000L);

        assertThat(latencies.size()).isEqualTo(5_000);
        assertThat(latencies.quantile(0.99)).isEqualTo(4_950);
    }

    @Test
    void withoutTimesEveryQuantileIsZero() {
        assertThat(latencies.quantile(0.99)).isZero();
    }

    @Test
    void aPercentageIsNoShare() {
        assertThatThrownBy(() -> latencies.quantile(99)).isInstanceOf(IllegalArgumentException.class);
    }
}
