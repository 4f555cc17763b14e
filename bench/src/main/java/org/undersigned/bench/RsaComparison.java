package org.undersigned.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.undersigned.privacypass.blindrsa.RsaProvider;

/// Issuing and verifying tokens on one core, compared with `openssl speed rsa2048`. Both run in turns, with the
/// same number of windows of equal length. Rates are per second of processor time, and the best window of each
/// counts, because other programs can only slow them down.
final class RsaComparison {
    private static final int ROUNDS = 3;
    private static final int WINDOW_SECONDS = 2;
    private static final List<String> PROVIDERS = List.of("corretto", "jdk");

    private RsaComparison() {}

    static List<BenchRow> run() throws IOException, InterruptedException, RunnerException {
        var sign = 0.0;
        var verify = 0.0;
        var best = new HashMap<String, Double>();
        for (var round = 0; round < ROUNDS; round++) {
            for (var provider : PROVIDERS) {
                var openssl = Openssl.rsa2048(WINDOW_SECONDS);
                sign = Math.max(sign, openssl.sign());
                verify = Math.max(verify, openssl.verify());
                measure(provider).forEach((what, rate) -> best.merge(what + " " + provider, rate, Math::max));
            }
        }
        var rows = new ArrayList<BenchRow>();
        rows.add(new BenchRow(
                "issue a token, Corretto", best("issue corretto", best), "openssl rsa2048 sign", sign, 0.95));
        rows.add(new BenchRow(
                "verify a token, Corretto", best("verify corretto", best), "openssl rsa2048 verify", verify, 0.9));
        rows.add(new BenchRow("issue a token, JDK", best("issue jdk", best), "openssl rsa2048 sign", sign, null));
        rows.add(new BenchRow("verify a token, JDK", best("verify jdk", best), "openssl rsa2048 verify", verify, null));
        return rows;
    }

    private static double best(String what, Map<String, Double> best) {
        return best.getOrDefault(what, 0.0);
    }

    private static double counted(IterationResult iteration, String what) {
        return Objects.requireNonNull(iteration.getSecondaryResults().get(what)).getScore();
    }

    private static Map<String, Double> measure(String provider) throws RunnerException {
        var options = new OptionsBuilder()
                .include(RsaBench.class.getName())
                .param("provider", provider)
                .forks(1)
                .warmupIterations(3) // until a busy machine has compiled the code
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(PROVIDERS.size()) // OpenSSL runs one window per round for each provider
                .measurementTime(TimeValue.seconds(WINDOW_SECONDS))
                .jvmArgs(
                        "-XX:+UseParallelGC", // like the launcher
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-D" + RsaProvider.PROPERTY + "=" + provider.equals("corretto"))
                .verbosity(VerboseMode.SILENT)
                .build();
        var best = new HashMap<String, Double>();
        for (var result : new Runner(options).run()) {
            var name = result.getParams().getBenchmark();
            for (var fork : result.getBenchmarkResults()) {
                for (var iteration : fork.getIterationResults()) {
                    best.merge(
                            name.substring(name.lastIndexOf('.') + 1),
                            1e9 * counted(iteration, "operations") / counted(iteration, "nanos"),
                            Math::max);
                }
            }
        }
        return best;
    }
}
