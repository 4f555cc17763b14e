package org.undersigned.tlog.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Tree;
import org.undersigned.tlog.witness.FileWitnessState;

/// Jazzer target: a witness's state file with any content. The state returns the stored tree or throws; it never
/// guesses.
public final class FuzzWitnessState {
    public static final String ORIGIN = "example.org/log";

    private static final Path FOLDER = folder();
    private static final Path FILE =
            FOLDER.resolve(Hash.sha256(ORIGIN.getBytes(StandardCharsets.UTF_8)).hex());
    private static final FileWitnessState STATE = state();

    private FuzzWitnessState() {}

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("witness");
            Runtime.getRuntime().addShutdownHook(new Thread(FuzzWitnessState::delete));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete() {
        try {
            STATE.close();
            Files.deleteIfExists(FILE);
            Files.deleteIfExists(FOLDER.resolve("lock"));
            Files.delete(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileWitnessState state() {
        try {
            return FileWitnessState.open(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, data);
        Tree tree;
        try {
            tree = STATE.latest(ORIGIN);
        } catch (IOException e) {
            return; // throwing is correct
        }
        var read = Checkpoint.parse(new String(data, StandardCharsets.UTF_8));
        var kept = new Checkpoint(ORIGIN, tree.size(), tree.root(), read.extensions());
        if (!Arrays.equals(kept.text().getBytes(StandardCharsets.UTF_8), data)) {
            throw new AssertionError("not what was kept");
        }
    }
}
