package org.undersigned.testkit;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs a coverage-guided fuzzer (Jazzer) on one target for a limited time, in a separate process.
///
/// A target is a public class with `public static void fuzzerTestOneInput(byte[] data)`. Every exception it throws
/// is a finding.
public final class Fuzzing {
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");
    private static final int STARTING_SECONDS = 120;

    private Fuzzing() {}

    /// @param tested a class of the module under test, which depends on the JDK only
    /// @param seeds  the first inputs
    /// @return the number of inputs tried
    /// @throws AssertionError for a finding, with the fuzzer's report
    public static long run(Class<?> target, Class<?> tested, Duration time, List<byte[]> seeds)
            throws IOException, InterruptedException {
        return run(target, List.of(tested), time, seeds);
    }

    /// Like the method above, for a module with libraries.
    ///
    /// @param needed one class of each library and module that the target needs
    public static long run(Class<?> target, List<Class<?>> needed, Duration time, List<byte[]> seeds)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("fuzz");
        try {
            var corpus = Files.createDirectory(directory.resolve("corpus"));
            for (var i = 0; i < seeds.size(); i++) Files.write(corpus.resolve("seed" + i), seeds.get(i));
            var log = directory.resolve("log");
            var fuzzer = new ProcessBuilder(command(target, needed, time, directory, corpus))
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

    private static List<String> command(
            Class<?> target, List<Class<?>> needed, Duration time, Path directory, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(Stream.concat(Stream.of(target, Jazzer.class, FuzzedDataProvider.class), needed.stream())),
                Jazzer.class.getName(),
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.undersigned.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-max_total_time=" + time.toSeconds(),
                "-max_len=8192",
                "-rss_limit_mb=0",
                corpus.toString());
    }

    /// The class path contains only the needed libraries, because Jazzer scans all of it before it starts.
    private static String classPath(Stream<Class<?>> needed) {
        return needed.map(one ->
                        one.getProtectionDomain().getCodeSource().getLocation().toString())
                .map(place -> Path.of(URI.create(place)).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
