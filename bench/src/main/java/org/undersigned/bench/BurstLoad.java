package org.undersigned.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A burst of casts into one box at random moments, whether the server keeps up or not; then how long it takes until
/// the public count has them, and a recount.
///
/// A box holds some entries back (PROTOCOL §6): when nothing more arrives, as many as a batch would leave behind, or
/// fewer than a batch needs, go on waiting. They are counted as waiting in the database.
final class BurstLoad {
    /// Ten times the worst burst of signatures of which figures were published.
    static final int PER_SECOND = 1_833;

    static final int SECONDS = 120;

    private static final int MOST_CONNECTIONS = 2_000;
    private static final int LONGEST_MINUTES = 30;

    private BurstLoad() {}

    static List<BenchResult> run(LoadInstance instance, int perSecond, int seconds)
            throws IOException, InterruptedException {
        var box = instance.box(LoadInstance.Casts.BURST);
        var count = Math.multiplyExact(perSecond, seconds);
        System.err.printf(Locale.ROOT, "Making %,d entries ...%n", count);
        var begun = System.nanoTime();
        var requests = CastLoad.requests(box, box.maker().entries(count));
        System.err.printf(Locale.ROOT, "Made in %.0f s.%n", secondsSince(begun));
        LoadResult result;
        try (var client = new LoadClient(instance.port(), MOST_CONNECTIONS, CastLoad.ACCEPTED)) {
            result = client.arrive(perSecond, requests);
        }
        var rule = box.manifest().publish();
        var waiting = rule.minBatch() + rule.holdBack() - 1;
        var behind = secondsUntilPublished(instance, box, result.accepted() - waiting);
        var report = instance.recount(box.id());
        var kept = report.count("member") + instance.waiting(box.id());
        // an entry without response may be kept or not
        var drift = Math.max(0, Math.max(result.accepted() - kept, kept - result.accepted() - result.failed()));
        var what = String.format(Locale.ROOT, "burst: %,d casts/s for %d s, ", perSecond, seconds);
        return List.of(
                new BenchBound(what + "not accepted", result.errors(), "casts", 0.0),
                new BenchBound("burst: p50", result.latencies().quantile(0.5), "ms", null),
                new BenchBound("burst: p99", result.latencies().quantile(0.99), "ms", 1_000.0),
                new BenchBound("burst: until the count is public, after the last", behind, "s", 60.0),
                new BenchBound("burst: counted and waiting, differ from accepted", drift, "casts", 0.0),
                new BenchBound("burst: recounts that fail, of one", report.ok() ? 0 : 1, "recounts", 0.0),
                result.others("burst"));
    }

    private static double secondsUntilPublished(LoadInstance instance, LoadInstance.CastingBox box, long count)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        while (instance.published(box.id()) < count) {
            if (secondsSince(begun) > TimeUnit.MINUTES.toSeconds(LONGEST_MINUTES)) {
                throw new IOException("the box does not publish what it accepted");
            }
            Thread.sleep(250);
        }
        return secondsSince(begun);
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
