package org.undersigned.bench;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// A public page for visitors who come at random moments: first while nothing else happens, then while draws take
/// all that the server has.
final class PagesLoad {
    private static final int VISITORS_PER_SECOND = 50;
    private static final int SECONDS = 20;
    private static final int CONNECTIONS = 64;
    private static final int LATER_SECONDS = 2; // the visitors come when the draws are under way

    private PagesLoad() {}

    static List<BenchResult> run(LoadInstance instance) throws IOException, InterruptedException {
        var visits =
                Collections.nCopies(VISITORS_PER_SECOND * SECONDS, HttpRequests.get(LoadInstance.PAGE + "?lang=en"));
        var draws = new Draws(instance.book(), instance.codes());
        try (var drawing = new LoadClient(instance.port(), IssueLoad.CONNECTIONS, IssueLoad.OK);
                var visiting = new LoadClient(instance.port(), CONNECTIONS, IssueLoad.OK);
                var thread = Executors.newSingleThreadExecutor()) {
            var drawn = drawing.saturate(draws.prepare(IssueLoad.WARM_UP)).requireNoErrors();
            var _ = visiting.saturate(visits).requireNoErrors(); // until the page's code is compiled
            var alone = visiting.arrive(VISITORS_PER_SECOND, visits).requireNoErrors();
            var enough = draws.prepare((int) (2 * SECONDS * drawn.perSecond()));
            Callable<LoadResult> saturation = () -> drawing.saturate(enough);
            var saturated = thread.submit(saturation);
            Thread.sleep(1_000L * LATER_SECONDS);
            var beside = visiting.arrive(VISITORS_PER_SECOND, visits).requireNoErrors();
            if (saturated.isDone()) throw new IllegalStateException("the draws ended before the visits");
            var _ = saturated.get().requireNoErrors();
            var what = "pages: p99 of a petition, " + VISITORS_PER_SECOND + "/s, ";
            return List.of(
                    new BenchBound(what + "alone", alone.latencies().quantile(0.99), "ms", null),
                    new BenchBound(what + "issue saturated", beside.latencies().quantile(0.99), "ms", 10.0));
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }
}
