package org.undersigned.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.undersigned.record.FastestProvider;

/// `bench [rsa] [append] [recount] [pages] [--signatures N]`: runs the named comparisons, or all of them if none is
/// named. Exit status 1 if a result misses its goal.
final class Main {
    private static final List<String> KNOWN = List.of("rsa", "append", "recount", "pages");
    private static final int SIGNATURES = 1_000_000;
    private static final int FEWEST = 1_000;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        var names = new ArrayList<>(Arrays.asList(arguments));
        var signatures = signatures(names);
        if (!KNOWN.containsAll(names)) throw usage("the names must be from " + KNOWN);
        List<String> chosen = names.isEmpty() ? KNOWN : names;
        var rows = new ArrayList<BenchRow>();
        if (chosen.contains("rsa")) rows.addAll(RsaComparison.run());
        Provider.requireCorretto(FastestProvider.install());
        if (chosen.contains("append")) rows.addAll(AppendComparison.run());
        if (chosen.contains("recount")) {
            var kept = Path.of(System.getProperty("undersigned.bench.directory", "bench-data"));
            rows.addAll(RecountComparison.run(kept, signatures));
        }
        if (chosen.contains("pages")) {
            rows.addAll(PagesComparison.run(System.getProperty("undersigned.server.classpath", "")));
        }
        System.out.println(BenchRow.table(rows));
        if (!rows.stream().allMatch(BenchRow::reached)) System.exit(1);
    }

    private static int signatures(List<String> names) {
        var at = names.indexOf("--signatures");
        if (at < 0) return SIGNATURES;
        try {
            var number = Integer.parseInt(names.get(at + 1));
            names.subList(at, at + 2).clear();
            if (number >= FEWEST) return number;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // throws below
        }
        throw usage("--signatures must be a number of at least " + FEWEST);
    }

    private static RuntimeException usage(String what) {
        System.err.println("undersigned bench: " + what);
        System.exit(2);
        return new IllegalStateException(what);
    }
}
