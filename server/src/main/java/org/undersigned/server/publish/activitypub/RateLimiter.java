package org.undersigned.server.publish.activitypub;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/// How much of what strangers send is looked at each minute. In memory, for the minute only.
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

    /// Forgets what another minute's was.
    synchronized void forgetOldMinutes() {
        var now = clock.instant().getEpochSecond() / SECONDS;
        if (now == minute) return;
        minute = now;
        all = 0;
        counts.clear();
    }

    /// Whether one more of `server` is looked at now.
    synchronized boolean tryAcquire(String server) {
        forgetOldMinutes();
        return all++ < OF_ALL && counts.merge(server, 1, Integer::sum) <= OF_ONE_SERVER;
    }
}
