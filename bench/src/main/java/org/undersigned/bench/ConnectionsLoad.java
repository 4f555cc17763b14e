package org.undersigned.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Many connections that stay open: each of them casts every few seconds, at a random moment.
final class ConnectionsLoad {
    private static final List<Integer> CONNECTIONS = List.of(500, 2_000);
    private static final int SECONDS = 20;
    private static final double SECONDS_BETWEEN_CASTS = 5; // of one connection

    private ConnectionsLoad() {}

    static List<BenchResult> run(LoadInstance instance) throws IOException, InterruptedException {
        var box = instance.box(LoadInstance.Casts.CONNECTIONS);
        var results = new ArrayList<BenchResult>();
        for (var connections : CONNECTIONS) {
            var rate = connections / SECONDS_BETWEEN_CASTS;
            var entries = box.maker().entries((int) (SECONDS * rate));
            try (var client = new LoadClient(instance.port(), connections, CastLoad.ACCEPTED)) {
                client.connect();
                var result = client.arrive(rate, CastLoad.requests(box, entries));
                var what = String.format(Locale.ROOT, "connections: %,d open, %.0f casts/s, ", connections, rate);
                results.add(new BenchBound(what + "p99", result.latencies().quantile(0.99), "ms", null));
                results.add(new BenchBound(what + "errors", result.errors(), "casts", 0.0));
                results.add(result.others("connections"));
            }
        }
        return results;
    }
}
