package org.undersigned.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.undersigned.record.FastestProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `bench [rsa] [append] [recount] [pages] [relay] [load] [--signatures N]`: runs the named comparisons, or all
/// but `load` if none is named. Exit status 0: every result reaches its goal; 1: one misses it; 2: wrong usage.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure speed as ratios to limits measured in the same run.")
final class Main implements Callable<Integer> {
    private static final int MISSED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int FEWEST = 1_000;

    private enum Comparison {
        RSA,
        APPEND,
        RECOUNT,
        PAGES,
        RELAY,
        LOAD
    }

    @Parameters(
            paramLabel = "COMPARISON",
            description = "rsa, append, recount, pages, relay or load; all but load if none is named")
    private Set<Comparison> chosen = EnumSet.noneOf(Comparison.class);

    @Option(
            names = "--signatures",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "the signatures to recount, at least 1000 (default: ${DEFAULT-VALUE})")
    private int signatures;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "parts of load: issue, pages, cast, connections, burst; all if none is named")
    private Set<LoadComparison.Part> parts = EnumSet.noneOf(LoadComparison.Part.class);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "" + BurstLoad.PER_SECOND,
            description = "casts per second in load's burst (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "" + BurstLoad.SECONDS,
            description = "length of load's burst; its entries are made before (default: ${DEFAULT-VALUE})")
    private int seconds;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::explainUsage)
                .execute(arguments));
    }

    private static int explainUsage(ParameterException e, String[] arguments) {
        e.getCommandLine().getErr().println("undersigned bench: " + e.getMessage());
        return WRONG_USAGE;
    }

    @Override
    public Integer call() throws Exception {
        if (signatures < FEWEST) {
            throw new ParameterException(spec.commandLine(), "--signatures must be at least " + FEWEST);
        }
        if (rate < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--rate and --seconds must be at least 1");
        }
        var rows = new ArrayList<BenchResult>();
        if (isChosen(Comparison.RSA)) rows.addAll(RsaComparison.run());
        Provider.requireCorretto(FastestProvider.install());
        if (isChosen(Comparison.APPEND)) rows.addAll(AppendComparison.run());
        if (isChosen(Comparison.RECOUNT)) {
            var directory = Path.of(System.getProperty("undersigned.bench.directory", "bench-data"));
            rows.addAll(RecountComparison.run(directory, signatures));
        }
        if (isChosen(Comparison.PAGES)) {
            rows.addAll(PagesComparison.run(System.getProperty("undersigned.server.classpath", "")));
        }
        if (isChosen(Comparison.RELAY)) {
            rows.addAll(RelayComparison.run(System.getProperty("undersigned.server.classpath", "")));
        }
        if (chosen.contains(Comparison.LOAD)) {
            rows.addAll(
                    LoadComparison.run(System.getProperty("undersigned.server.classpath", ""), parts, rate, seconds));
        }
        System.out.println(BenchResult.table(rows));
        return rows.stream().allMatch(BenchResult::reached) ? 0 : MISSED;
    }

    private boolean isChosen(Comparison comparison) {
        return chosen.isEmpty() || chosen.contains(comparison);
    }
}
