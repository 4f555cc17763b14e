package org.undersigned.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Entry;

/// Casts of valid entries through HTTP: as many as the server can, compared with only the two verifications of the same
/// entries on all cores, in turns; then at half of that rate, at random moments.
final class CastLoad {
    static final int ACCEPTED = 202;

    private static final int CONNECTIONS = 64;
    private static final int MOST_CONNECTIONS = 512; // at random moments
    private static final int WARM_UP = 8_000; // casts after which the server's code is compiled
    private static final int ROUNDS = 3;
    private static final int SECONDS = 5;
    private static final int SECONDS_AT_HALF = 20;

    private CastLoad() {}

    static List<BenchResult> run(LoadInstance instance) throws IOException, InterruptedException {
        var box = instance.box(LoadInstance.Casts.SATURATED);
        var warmUp = box.maker().entries(WARM_UP);
        var _ = verifications(box.issuer(), warmUp);
        var best = Rate.ZERO;
        var limit = Rate.ZERO;
        try (var client = new LoadClient(instance.port(), CONNECTIONS, ACCEPTED)) {
            var rate = client.saturate(requests(box, warmUp)).requireNoErrors().perSecond();
            for (var round = 0; round < ROUNDS; round++) {
                var entries = box.maker().entries((int) (SECONDS * rate));
                limit = limit.best(verifications(box.issuer(), entries));
                var cast = client.saturate(requests(box, entries)).requireNoErrors();
                best = best.best(Rate.of(cast));
                rate = cast.perSecond();
            }
        }
        var half = best.inRealTime() / 2;
        try (var client = new LoadClient(instance.port(), MOST_CONNECTIONS, ACCEPTED)) {
            var entries = box.maker().entries((int) (SECONDS_AT_HALF * half));
            var result = client.arrive(half, requests(box, entries));
            return List.of(
                    new BenchRow(
                            "cast: entries through HTTP, " + CONNECTIONS + " connections",
                            best.inRealTime(),
                            "only RSA-PSS and Ed25519, all cores",
                            limit.inRealTime(),
                            0.5),
                    new BenchRow(
                            "cast: the same, in processor time",
                            best.inProcessorTime(),
                            "the same, in processor time",
                            limit.inProcessorTime(),
                            null),
                    new BenchBound(
                            String.format("cast: p50 at half of that, %,.0f/s", half),
                            result.latencies().quantile(0.5),
                            "ms",
                            null),
                    new BenchBound(
                            "cast: p99 at half of that", result.latencies().quantile(0.99), "ms", 50.0),
                    new BenchBound("cast: not accepted at half of that", result.errors(), "casts", 0.0),
                    result.others("cast"));
        }
    }

    static List<byte[]> requests(LoadInstance.CastingBox box, List<byte[]> entries) {
        var path = "/box/" + box.id() + "/entries";
        return entries.stream()
                .map(entry -> CastRequest.pad(Entry.parse(entry), new byte[0]))
                .map(body -> HttpRequests.post(path, "application/octet-stream", body))
                .toList();
    }

    private static Rate verifications(IssuerPublicKey issuer, List<byte[]> entries)
            throws IOException, InterruptedException {
        var cores = Runtime.getRuntime().availableProcessors();
        var tasks = new ArrayList<Callable<Long>>();
        for (var core = 0; core < cores; core++) {
            var first = core;
            tasks.add(() -> verify(issuer, entries, first, cores));
        }
        try (var threads = Executors.newFixedThreadPool(cores)) {
            var begun = System.nanoTime();
            var used = 0L;
            for (var task : threads.invokeAll(tasks)) used += task.get();
            var seconds = (System.nanoTime() - begun) / 1e9;
            return new Rate(entries.size() / seconds, entries.size() / (used / 1e9) * cores);
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    /// @return the processor time of this thread, in nanoseconds
    private static long verify(IssuerPublicKey issuer, List<byte[]> entries, int first, int step)
            throws GeneralSecurityException {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        var verification = new BareVerification(issuer);
        for (var i = first; i < entries.size(); i += step) verification.verify(entries.get(i));
        return threads.getCurrentThreadCpuTime() - before;
    }
}
