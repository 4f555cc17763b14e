package org.undersigned.bench;

import java.util.SortedMap;

/// What became of the requests of one load.
///
/// @param accepted  requests with the expected status
/// @param refused   how many responses had another status, by status
/// @param failed    requests that were sent and got no response: the connection failed, or none came in time. The
///     server may have done what they ask
/// @param abandoned requests that were not sent, because no connection was free in time
/// @param latencies of the accepted requests
/// @param seconds   from the beginning until the last response
/// @param used      processor time meanwhile
record LoadResult(
        int accepted,
        SortedMap<Integer, Integer> refused,
        int failed,
        int abandoned,
        Latencies latencies,
        double seconds,
        ProcessorTime used) {
    double perSecond() {
        return accepted / seconds;
    }

    /// The rate with which all cores would be busy with nothing else: accepted requests per second of processor time
    /// of client, server and database, on all cores.
    double perSecondOfAllCores() {
        return accepted / used.own() * Runtime.getRuntime().availableProcessors();
    }

    /// A line that says how much of the processors was not left to server, database and client.
    BenchBound others(String part) {
        var all = seconds * Runtime.getRuntime().availableProcessors();
        return new BenchBound(
                part + ": meanwhile other programs used", 100 * used.others() / all, "% of the cores", null);
    }

    /// Requests that were not accepted, for whatever reason.
    int errors() {
        return failed
                + abandoned
                + refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Returns this if every request was accepted.
    ///
    /// @throws IllegalStateException if one was not: then a rate of this load says nothing
    LoadResult requireNoErrors() {
        if (errors() > 0) {
            throw new IllegalStateException("the server refused requests: " + refused + " by status, "
                    + (failed + abandoned) + " without response");
        }
        return this;
    }
}
