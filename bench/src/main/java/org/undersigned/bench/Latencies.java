package org.undersigned.bench;

import java.util.Arrays;

/// Times between a scheduled moment and the end of the response to it.
final class Latencies {
    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    private long[] nanos = new long[1024];
    private int size;

    void add(long latency) {
        if (size == nanos.length) nanos = Arrays.copyOf(nanos, 2 * size);
        nanos[size++] = latency;
    }

    int size() {
        return size;
    }

    /// Returns the smallest recorded time, in milliseconds, that at least this share of all times do not exceed; 0 if
    /// there is none.
    ///
    /// @param share above 0 and at most 1, such as 0.99
    double quantile(double share) {
        if (share <= 0 || share > 1) throw new IllegalArgumentException("share " + share);
        if (size == 0) return 0;
        var sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * size) - 1] / NANOS_OF_A_MILLISECOND;
    }
}
