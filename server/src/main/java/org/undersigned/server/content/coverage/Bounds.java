package org.undersigned.server.content.coverage;

import org.jspecify.annotations.Nullable;

/// The lowest and the highest number that a figure can mean, both inclusive; null where there is no such bound.
public record Bounds(@Nullable Long low, @Nullable Long high) {
    public static final Bounds NONE = new Bounds(null, null);

    /// @throws IllegalArgumentException if a bound is negative or `low` is above `high`
    public Bounds {
        if (low != null && low < 0) throw new IllegalArgumentException("low is negative");
        if (high != null && high < 0) throw new IllegalArgumentException("high is negative");
        if (low != null && high != null && low > high) throw new IllegalArgumentException("low is above high");
    }

    public static Bounds atLeast(long low) {
        return new Bounds(low, null);
    }

    public static Bounds atMost(long high) {
        return new Bounds(null, high);
    }

    public static Bounds exactly(long number) {
        return new Bounds(number, number);
    }

    public boolean isNone() {
        return low == null && high == null;
    }
}
