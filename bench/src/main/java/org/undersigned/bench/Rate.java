package org.undersigned.bench;

/// Operations per second on all cores, measured in two ways.
///
/// @param inRealTime      as a user sees it: waiting counts, and so do the other programs of this machine
/// @param inProcessorTime per second of processor time, times the number of cores: what the operations cost. If
///     nothing waits and no other program runs, both are equal
record Rate(double inRealTime, double inProcessorTime) {
    static final Rate ZERO = new Rate(0, 0);

    static Rate of(LoadResult result) {
        return new Rate(result.perSecond(), result.perSecondOfAllCores());
    }

    /// The better of each, because other programs can only slow operations down.
    Rate best(Rate other) {
        return new Rate(Math.max(inRealTime, other.inRealTime), Math.max(inProcessorTime, other.inProcessorTime));
    }

    Rate times(double factor) {
        return new Rate(inRealTime * factor, inProcessorTime * factor);
    }
}
