package org.undersigned.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Runs a coverage-guided fuzzer (Jazzer) on one target for a bounded time, in a process of its own.
///
/// A target is a public class with `public static void fuzzerTestOneInput(byte[] data)`; whatever it throws is a
/// finding.
public final class Fuzzing {
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");
    private static final int STARTING_SECONDS = 120;

    private Fuzzing() {}

    /// @param seeds inputs to begin with
    /// @return how many inputs were tried
    /// @throws AssertionError a finding, with the fuzzer's report
    public static long run(Class<?> target, Duration time, List<byte[]> seeds)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("fuzz");
        try {
            var corpus = Files.createDirectory(directory.resolve("corpus"));
            for (var i = 0; i < seeds.size(); i++) Files.write(corpus.resolve("seed" + i), seeds.get(i));
            var log = directory.resolve("log");
            var fuzzer = new ProcessBuilder(command(target, time, directory, corpus))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                if (!fuzzer.waitFor(time.toSeconds() + STARTING_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(target + ": the fuzzer does not end: " + Files.readString(log));
                }
            } finally {
                fuzzer.destroyForcibly();
            }
            var done = DONE.matcher(Files.readString(log));
            if (fuzzer.exitValue() != 0 || !done.find()) {
                throw new AssertionError(target + ": " + Files.readString(log));
            }
            return Long.parseLong(done.group(1));
        } finally {
            delete(directory);
        }
    }

    private static List<String> command(Class<?> target, Duration time, Path directory, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.undersigned.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-max_total_time=" + time.toSeconds(),
                "-max_len=8192",
                "-rss_limit_mb=0",
                corpus.toString());
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
