package org.undersigned.server.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// A clock that runs like the system clock and that a test can move or stop.
public final class MovableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    private volatile @Nullable Instant held;

    public void hold() {
        held = instant();
    }

    public void run() {
        held = null;
    }

    public void forward(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        var still = held;
        return still == null ? Instant.now().plus(ahead) : still;
    }
}
