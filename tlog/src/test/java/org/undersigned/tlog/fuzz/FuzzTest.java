package org.undersigned.tlog.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.GrowingLog;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.witness.AddCheckpoint;

/// Coverage-guided fuzzing of every parser, some seconds each, from valid inputs; a finding is left under
/// `target/fuzz` and fails the test. Each target runs in a Java of its own, which Jazzer instruments.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class FuzzTest {
    private static final int SECONDS = 2;
    private static final long LEAST_RUNS = 1_000;
    private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units: ([0-9]+)|Done ([0-9]+) runs");

    private final GrowingLog log = new GrowingLog();
    private final Cosigner cosigner = Cosigner.ed25519("witness.example/w1", new byte[32]);

    @Test
    void pathsOfTiles() throws Exception {
        fuzz(FuzzTilePath.class, "tile/0/x001/x234/067.p/8", "tile/entries/000", "tile/7/999");
    }

    @Test
    void textsOfCheckpoints() throws Exception {
        fuzz(FuzzCheckpoint.class, log.grow(3).text(), log.checkpoint().text() + "an extension\n");
    }

    @Test
    void notes() throws Exception {
        var note = log.grow(3);
        var cosignature = cosigner.cosign(note, Instant.EPOCH);
        fuzz(FuzzNote.class, note.toString(), note.with(List.of(cosignature)).toString(), "x\n\n\u2014 n AAAAAAAA\n");
    }

    @Test
    void verifierKeys() throws Exception {
        fuzz(
                FuzzVerifierKey.class,
                log.signer.verifier().vkey(),
                cosigner.verifier().vkey());
    }

    @Test
    void proofs() throws Exception {
        log.grow(9);
        var proof = log.client().latest().proof(5);
        fuzz(
                FuzzLogProof.class,
                proof.text(),
                proof.withExtra(new byte[] {1, 2}).text());
    }

    @Test
    void requestsToWitnesses() throws Exception {
        log.grow(3);
        var note = log.grow(6);
        fuzz(
                FuzzAddCheckpoint.class,
                new AddCheckpoint(3, Proofs.consistency(log, 3, 9), note).text(),
                new AddCheckpoint(0, List.of(), note).text());
    }

    @Test
    void bundles() throws Exception {
        var bundle = EntryBundle.encode(List.of("one".getBytes(StandardCharsets.UTF_8), new byte[0]));
        fuzz(FuzzEntryBundle.class, "\u0002" + new String(bundle, StandardCharsets.ISO_8859_1));
    }

    private static void fuzz(Class<?> target, String... seeds) throws Exception {
        var folder = Path.of("target", "fuzz", target.getSimpleName());
        var corpus = Files.createDirectories(folder.resolve("corpus"));
        for (var seed : seeds) {
            var bytes = seed.getBytes(StandardCharsets.UTF_8);
            Files.write(
                    corpus.resolve(HexFormat.of().formatHex(Hash.sha256(bytes).bytes(), 0, 8)), bytes);
        }
        var report = folder.resolve("report.txt");
        var process = new ProcessBuilder(command(target, folder, corpus))
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS + 90, TimeUnit.SECONDS))
                    .as("Jazzer ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        var text = Files.readString(report);
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).contains("DONE");
        assertThat(runs(text)).as(text).isGreaterThan(LEAST_RUNS);
    }

    private static List<String> command(Class<?> target, Path folder, Path corpus) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(target, Tile.class, Jazzer.class, FuzzedDataProvider.class),
                Jazzer.class.getName(),
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.undersigned.**",
                "--reproducer_path=" + folder,
                "-max_total_time=" + SECONDS,
                "-max_len=8192",
                "-seed=6962",
                "-artifact_prefix=" + folder.toAbsolutePath() + "/",
                corpus.toAbsolutePath().toString());
    }

    /// Only what is needed: Jazzer looks through all of it before it starts.
    private static String classPath(Class<?>... needed) {
        return Stream.of(needed)
                .map(one -> one.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> Path.of(URI.create(place.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static long runs(String report) {
        var match = RUNS.matcher(report);
        var runs = 0L;
        while (match.find()) runs = Long.parseLong(match.group(1) == null ? match.group(2) : match.group(1));
        return runs;
    }
}
