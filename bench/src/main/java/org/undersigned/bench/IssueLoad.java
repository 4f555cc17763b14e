package org.undersigned.bench;

import java.io.IOException;
import java.util.List;

/// Draws of books of ten boxes through HTTP, as many as the server can, compared with openssl signing on all cores,
/// both in real time and in turns.
final class IssueLoad {
    static final int CONNECTIONS = 16;
    static final int OK = 200;

    /// Draws after which the server's code is compiled.
    static final int WARM_UP = 1_000;

    private static final int ROUNDS = 3;
    private static final int SECONDS = 5;
    private static final int OPENSSL_SECONDS = 2; // each for signing and for verifying

    private IssueLoad() {}

    static List<BenchResult> run(LoadInstance instance) throws IOException, InterruptedException {
        instance.drawBook();
        var draws = new Draws("issue", instance.book(), instance.codes());
        try (var client = new LoadClient(instance.port(), CONNECTIONS, OK)) {
            var drawn = client.saturate(draws.prepare(WARM_UP)).requireNoErrors();
            var best = Rate.ZERO;
            var limit = Rate.ZERO;
            for (var round = 0; round < ROUNDS; round++) {
                limit = limit.best(Openssl.signOnAllCores(OPENSSL_SECONDS));
                drawn = client.saturate(draws.prepare((int) (SECONDS * drawn.perSecond())))
                        .requireNoErrors();
                best = best.best(Rate.of(drawn).times(LoadInstance.BOOK));
            }
            var what = "issue: p%d of a draw, " + CONNECTIONS + " connections, saturated";
            return List.of(
                    new BenchRow(
                            "issue: signatures through HTTP, books of " + LoadInstance.BOOK,
                            best.inRealTime(),
                            "openssl rsa2048 sign, all cores",
                            limit.inRealTime(),
                            0.7),
                    new BenchRow(
                            "issue: the same, in processor time",
                            best.inProcessorTime(),
                            "the same, in processor time",
                            limit.inProcessorTime(),
                            null),
                    new BenchBound(what.formatted(50), drawn.latencies().quantile(0.5), "ms", null),
                    new BenchBound(what.formatted(99), drawn.latencies().quantile(0.99), "ms", null),
                    drawn.others("issue"));
        }
    }
}
