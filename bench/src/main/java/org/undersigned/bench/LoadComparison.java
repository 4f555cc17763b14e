package org.undersigned.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A running instance under load, through HTTP (docs/PERFORMANCE.md). Every request is prepared before the measurement
/// that sends it, and each limit is measured alone, in the same run. Server, database and client share the cores.
final class LoadComparison {
    private LoadComparison() {}

    /// What to load, in the order of the run.
    enum Part {
        ISSUE,
        PAGES,
        CAST,
        CONNECTIONS,
        BURST
    }

    /// @param serverClassPath class path of the server program
    /// @param perSecond       casts of the burst
    /// @param seconds         of the burst
    static List<BenchResult> run(String serverClassPath, Set<Part> parts, int perSecond, int seconds)
            throws IOException, InterruptedException {
        Logger.getLogger("").setLevel(Level.WARNING); // the libraries of the server log every connection pool
        var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load > 1) System.err.printf(Locale.ROOT, "Other programs run (load average %.1f): noisy.%n", load);
        var directory = Files.createTempDirectory("bench-load");
        try (var instance = LoadInstance.start(serverClassPath, directory)) {
            var results = new ArrayList<BenchResult>();
            for (var part : Part.values()) {
                if (!parts.isEmpty() && !parts.contains(part)) continue;
                System.err.println("Load: " + part);
                results.addAll(
                        switch (part) {
                            case ISSUE -> IssueLoad.run(instance);
                            case PAGES -> PagesLoad.run(instance);
                            case CAST -> CastLoad.run(instance);
                            case CONNECTIONS -> ConnectionsLoad.run(instance);
                            case BURST -> BurstLoad.run(instance, perSecond, seconds);
                        });
            }
            return results;
        } finally {
            ServerProgram.delete(directory);
        }
    }
}
