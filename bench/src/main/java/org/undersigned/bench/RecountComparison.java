package org.undersigned.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A complete recount from files, compared with only the two verifications of each entry, on all cores. Also
/// measures the memory of the recount, in a process with the same options as the launcher's `recount`.
final class RecountComparison {
    private static final int ROUNDS = 3;
    private static final double MOST_MEMORY_MIB = 512;

    private RecountComparison() {}

    private record Run(double seconds, long kib) {}

    static List<BenchRow> run(Path directory, int entries) throws IOException, InterruptedException {
        var box = LargeBox.in(directory, entries);
        var recount = new Run(Double.MAX_VALUE, 0);
        var verify = Double.MAX_VALUE;
        for (var round = 0; round < ROUNDS; round++) {
            verify = Math.min(verify, run("verify", box).seconds());
            var again = run("recount", box);
            recount = new Run(Math.min(recount.seconds(), again.seconds()), Math.max(recount.kib(), again.kib()));
        }
        var what = String.format(Locale.ROOT, "recount %,d signatures, %,d MiB at most", entries, recount.kib() / 1024);
        return List.of(
                new BenchRow(
                        what,
                        entries / recount.seconds(),
                        "only RSA-PSS and Ed25519, all cores",
                        entries / verify,
                        0.8),
                new BenchRow(
                        "  its memory, as MiB left below the limit",
                        MOST_MEMORY_MIB - recount.kib() / 1024.0,
                        "must not be below 0",
                        MOST_MEMORY_MIB,
                        0.0));
    }

    private static Run run(String what, Path box) throws IOException, InterruptedException {
        var flags = System.getProperty("undersigned.recount.flags", "").split(" ");
        var said = ChildJvm.run(List.of(flags), RecountRun.class, what, box.toString());
        return new Run(Double.parseDouble(said[0]), Long.parseLong(said[1]));
    }
}
