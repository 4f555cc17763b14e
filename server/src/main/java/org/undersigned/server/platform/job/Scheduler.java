package org.undersigned.server.platform.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs jobs at fixed pauses, each on one thread at a time. A job that fails is tried again at its next turn;
/// every job is written so that this loses and repeats nothing.
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Scheduler.class.getName());

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("clockwork-", 0).daemon().factory());

    public void every(Duration pause, String name, Runnable job) {
        var _ = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        job.run();
                    } catch (RuntimeException e) {
                        LOG.log(
                                Level.WARNING,
                                "job \"{0}\" failed: {1}",
                                name,
                                e.getClass().getName());
                    }
                },
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// Lets a running turn end, up to ten seconds.
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) threads.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
