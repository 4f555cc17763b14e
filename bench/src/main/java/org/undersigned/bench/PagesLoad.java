package org.undersigned.bench;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// A public page for visitors who come at random moments: first while nothing else happens, then while draws take
/// all that the server has. The best of several windows counts, because other programs can only slow pages down.
final class PagesLoad {
    private static final int VISITORS_PER_SECOND = 50;
    private static final int WINDOWS = 3;
    private static final int SECONDS = 10; // of a window
    private static final int CONNECTIONS = 64;
    private static final int FASTER = 6; // at most, than while the server's code is not compiled
    private static final int LATER_SECONDS = 2; // the visitors come when the draws are under way

    private PagesLoad() {}

    static List<BenchResult> run(LoadInstance instance) throws IOException, InterruptedException {
        var draws = new Draws("pages", instance.book(), instance.codes());
        try (var drawing = new LoadClient(instance.port(), IssueLoad.CONNECTIONS, IssueLoad.OK);
                var visiting = new LoadClient(instance.port(), CONNECTIONS, IssueLoad.OK);
                var thread = Executors.newSingleThreadExecutor()) {
            var drawn = drawing.saturate(draws.prepare(IssueLoad.WARM_UP)).requireNoErrors();
            var _ = visiting.saturate(visits(4 * SECONDS)).requireNoErrors(); // until the page's code is compiled
            var alone = visit(visiting);
            var enough = draws.prepare((int) (FASTER * WINDOWS * SECONDS * drawn.perSecond()));
            Callable<LoadResult> saturation = () -> drawing.saturate(enough);
            var saturated = thread.submit(saturation);
            Thread.sleep(1_000L * LATER_SECONDS);
            var beside = visit(visiting);
            if (saturated.isDone()) throw new IllegalStateException("the draws ended before the visits");
            drawing.stop();
            var _ = saturated.get().requireNoErrors();
            var what = "pages: p99 of a petition, " + VISITORS_PER_SECOND + "/s, ";
            return List.of(
                    new BenchBound(what + "alone", p99(alone), "ms", null),
                    new BenchBound(what + "issue saturated", p99(beside), "ms", 10.0),
                    beside.others("pages"));
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    private static LoadResult visit(LoadClient client) throws IOException {
        var windows = Stream.<LoadResult>builder();
        for (var window = 0; window < WINDOWS; window++) {
            windows.add(client.arrive(VISITORS_PER_SECOND, visits(SECONDS)).requireNoErrors());
        }
        return windows.build().min(Comparator.comparing(PagesLoad::p99)).orElseThrow();
    }

    private static List<byte[]> visits(int seconds) {
        return Collections.nCopies(VISITORS_PER_SECOND * seconds, HttpRequests.get(LoadInstance.PAGE + "?lang=en"));
    }

    private static double p99(LoadResult result) {
        return result.latencies().quantile(0.99);
    }
}
