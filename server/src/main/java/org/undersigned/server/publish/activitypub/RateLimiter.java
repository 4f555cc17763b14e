package org.undersigned.server.publish.activitypub;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/// Limits how many requests from other servers are processed each minute. The counts are in memory, for the current
/// minute only.
final class RateLimiter {
    private static final int OF_ONE_SERVER = 120;
    private static final int OF_ALL = 1_200;
    private static final int SECONDS = 60;

    private final Clock clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private long minute;
    private int all;

    RateLimiter(Clock clock) {
        this.clock = clock;
    }

    /// Deletes the counts of an earlier minute.
    synchronized void forgetOldMinutes() {
        var now = clock.instant().getEpochSecond() / SECONDS;
        if (now == minute) return;
        minute = now;
        all = 0;
        counts.clear();
    }

    /// Counts one more request from `server`; returns true if it is within the limits.
    synchronized boolean tryAcquire(String server) {
        forgetOldMinutes();
        return all++ < OF_ALL && counts.merge(server, 1, Integer::sum) <= OF_ONE_SERVER;
    }
}
