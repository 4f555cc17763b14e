package org.undersigned.bench;

import java.util.SortedMap;

/// What became of the requests of one load.
///
/// @param accepted  requests with the expected status
/// @param refused   how many responses had another status, by status
/// @param failed    requests without response: the connection failed, or none came in time
/// @param latencies of the accepted requests
/// @param seconds   from the beginning until the last response
record LoadResult(int accepted, SortedMap<Integer, Integer> refused, int failed, Latencies latencies, double seconds) {
    double perSecond() {
        return accepted / seconds;
    }

    /// Requests that were not accepted, for whatever reason.
    int errors() {
        return failed + refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Returns this if every request was accepted.
    ///
    /// @throws IllegalStateException if one was not: then a rate of this load says nothing
    LoadResult requireNoErrors() {
        if (errors() > 0) {
            throw new IllegalStateException(
                    "the server refused requests: " + refused + " by status, " + failed + " without response");
        }
        return this;
    }
}
