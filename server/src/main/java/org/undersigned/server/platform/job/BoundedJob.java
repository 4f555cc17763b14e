package org.undersigned.server.platform.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Runs work again only when it has rested long enough: however long the work takes, it takes a bounded share of the
/// time. Thread-safe.
public final class BoundedJob {
    private final double share;
    private final Clock clock;
    private Instant notBefore = Instant.MIN;

    /// @param share of the time, between 0 and 1
    public BoundedJob(double share, Clock clock) {
        this.share = share;
        this.clock = clock;
    }

    /// Runs `work`, unless it must still rest.
    ///
    /// @return true if it ran
    public synchronized boolean run(Runnable work) {
        var begun = clock.instant();
        if (begun.isBefore(notBefore)) return false;
        try {
            work.run();
        } finally {
            var ended = clock.instant();
            var took = Math.max(0, Duration.between(begun, ended).toMillis()); // a clock may be set back
            notBefore = begun.plusMillis((long) (took / share));
        }
        return true;
    }
}
