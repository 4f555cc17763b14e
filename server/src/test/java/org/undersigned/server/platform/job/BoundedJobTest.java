package org.undersigned.server.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.undersigned.server.support.MovableClock;

/// However long a sweep takes, it takes a hundredth of the time.
final class BoundedJobTest {
    private final MovableClock clock = new MovableClock();
    private final BoundedJob job = new BoundedJob(0.01, clock);

    private Runnable taking(Duration time) {
        return () -> clock.forward(time);
    }

    @Test
    void shortWorkRunsEveryTime() {
        for (var i = 0; i < 3; i++) {
            assertThat(job.run(taking(Duration.ofSeconds(5)))).isTrue();
            clock.forward(Duration.ofMinutes(10));
        }
    }

    @Test
    void longWorkRests() {
        assertThat(job.run(taking(Duration.ofMinutes(1)))).isTrue();
        clock.forward(Duration.ofMinutes(98));
        assertThat(job.run(taking(Duration.ZERO))).isFalse();
        clock.forward(Duration.ofMinutes(2));
        assertThat(job.run(taking(Duration.ZERO))).isTrue();
    }

    @Test
    void workThatFailsRestsToo() {
        assertThatThrownBy(() -> job.run(() -> {
                    clock.forward(Duration.ofMinutes(1));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(job.run(taking(Duration.ZERO))).isFalse();
    }
}
