package org.undersigned.server.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Runs like the system's clock, can be put forward, and held still.
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
