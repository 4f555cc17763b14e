package org.undersigned.server.platform.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A line of the log that many requests can cause, and that is written at most every ten minutes.
final class RareLine {
    private static final long PAUSE = Duration.ofMinutes(10).toNanos();

    private final AtomicLong said = new AtomicLong(System.nanoTime() - PAUSE);

    /// True if the line is to be written now.
    boolean isDue() {
        var now = System.nanoTime();
        var before = said.get();
        return now - before >= PAUSE && said.compareAndSet(before, now);
    }
}
