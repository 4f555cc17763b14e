package org.undersigned.server.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// When a job runs: at once, again after its pause, when woken, and soon after a failure.
final class SchedulerTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final Semaphore runs = new Semaphore(0);

    private boolean hasRun() throws InterruptedException {
        return runs.tryAcquire(1, TimeUnit.MINUTES);
    }

    @Test
    void aJobRunsAtOnceAndAgainAfterItsPause() throws Exception {
        try (var scheduler = new Scheduler()) {
            var _ = scheduler.every(Duration.ofMillis(10), "often", runs::release);

            assertThat(hasRun()).isTrue();
            assertThat(hasRun()).isTrue();
            assertThat(hasRun()).isTrue();
        }
    }

    @Test
    void atIntervalsAJobThatTookLongerRunsAgainAtOnce() throws Exception {
        var interval = Duration.ofSeconds(2);
        var times = new LinkedBlockingQueue<Long>(); // begin and end of each run
        try (var scheduler = new Scheduler()) {
            var _ = scheduler.atIntervals(interval, "long", () -> {
                var isFirst = times.isEmpty();
                times.add(System.nanoTime());
                if (isFirst) sleep(interval.plusMillis(500));
                times.add(System.nanoTime());
            });
            for (var i = 0; i < 600 && times.size() < 6; i++) sleep(Duration.ofMillis(50));
        }
        var time = List.copyOf(times);
        assertThat(time.get(2) - time.get(1)).as("after the long run").isLessThan(interval.toNanos() / 2);
        assertThat(time.get(4) - time.get(2)).as("after a short run").isGreaterThanOrEqualTo(interval.toNanos());
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWokenJobDoesNotWaitForItsPause() throws Exception {
        try (var scheduler = new Scheduler()) {
            var job = scheduler.every(NEVER, "seldom", runs::release);
            assertThat(hasRun()).isTrue();

            job.wake();

            assertThat(hasRun()).isTrue();
        }
    }

    @Test
    void aJobThatIsWokenWhileItRunsRunsOnceMore() throws Exception {
        var began = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var scheduler = new Scheduler()) {
            var job = scheduler.every(NEVER, "slow", () -> {
                began.countDown();
                await(mayEnd);
                runs.release();
            });
            assertThat(began.await(1, TimeUnit.MINUTES)).isTrue();

            for (var i = 0; i < 5; i++) job.wake();
            mayEnd.countDown();

            assertThat(hasRun()).isTrue();
            assertThat(hasRun()).isTrue();
            assertThat(runs.tryAcquire(200, TimeUnit.MILLISECONDS))
                    .as("five wakes are one run")
                    .isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aJobThatFailsRunsAgainBeforeItsPauseIsOver() throws Exception {
        runsAgainAfter(() -> {
            throw new IllegalStateException("the first time");
        });
    }

    @Test
    void aJobThatFailsWithAnErrorRunsAgainToo() throws Exception {
        runsAgainAfter(() -> {
            throw new NoClassDefFoundError("the first time");
        });
    }

    private void runsAgainAfter(Runnable failure) throws Exception {
        var attempts = new AtomicInteger();
        try (var scheduler = new Scheduler()) {
            var _ = scheduler.every(NEVER, "failing", () -> {
                runs.release();
                if (attempts.getAndIncrement() == 0) failure.run();
            });

            assertThat(hasRun()).isTrue();
            assertThat(hasRun()).isTrue();
        }
    }

    @Test
    void closingWaitsForTheRunningJobAndStartsNoOther() throws Exception {
        var began = new CountDownLatch(1);
        var ended = new AtomicInteger();
        var scheduler = new Scheduler();
        var job = scheduler.every(NEVER, "ending", () -> {
            began.countDown();
            sleep(100);
            ended.incrementAndGet();
        });
        assertThat(began.await(1, TimeUnit.MINUTES)).isTrue();

        scheduler.close();
        job.wake();
        sleep(100);

        assertThat(ended).hasValue(1);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
