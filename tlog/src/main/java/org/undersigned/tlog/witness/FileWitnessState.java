package org.undersigned.tlog.witness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Tree;
import org.undersigned.tlog.internal.DurableFiles;

/// Stores a witness's state in a directory with one file per log: the text of the checkpoint cosigned last. The
/// file name is the SHA-256 of the origin.
///
/// Crash story: every file is written to a temporary file next to its target, forced to disk and renamed, so after
/// a crash it holds either the old tree or the new one. The witness sends a cosignature only after the new tree is
/// on disk. The directory is locked while this object is open, so that two processes cannot cosign from it at the
/// same time. Do not restore it from a backup: with an old state, the witness could cosign a second history. Only
/// the owner can read the files. alone.
public final class FileWitnessState implements WitnessState, AutoCloseable {
    private final Path directory;
    private final FileChannel lock;

    private FileWitnessState(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /// Opens the state in a directory.
    ///
    /// @param directory created if it does not exist
    /// @return the state, to be closed by the caller
    /// @throws IOException if the directory cannot be created, or another process has it open
    public static FileWitnessState open(Path directory) throws IOException {
        Files.createDirectories(directory);
        var file = directory.resolve("lock");
        var lock = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), DurableFiles.onlyItsOwners(file));
        try {
            if (lock.tryLock() != null) return new FileWitnessState(directory, lock);
        } catch (OverlappingFileLockException e) {
            // this process already has it open: fail, as for another process
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        lock.close();
        throw new IOException(directory + " is in use by another witness");
    }

    @Override
    public synchronized Tree latest(String origin) throws IOException {
        String text;
        try {
            text = Files.readString(file(origin));
        } catch (NoSuchFileException e) {
            return Tree.EMPTY;
        }
        try {
            var checkpoint = Checkpoint.parse(text);
            if (checkpoint.origin().equals(origin)) return checkpoint.tree();
        } catch (IllegalArgumentException e) {
            throw new IOException(file(origin) + " is broken: " + e.getMessage(), e);
        }
        throw new IOException(file(origin) + " belongs to another log");
    }

    @Override
    public synchronized boolean replace(String origin, Tree expected, Tree next) throws IOException {
        if (!lock.isOpen()) throw new IOException("closed");
        if (!latest(origin).equals(expected)) return false;
        var checkpoint = new Checkpoint(origin, next.size(), next.root(), List.of());
        DurableFiles.replacePrivate(file(origin), checkpoint.text().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private Path file(String origin) {
        return directory.resolve(
                Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex());
    }

    /// Lets another process open the directory.
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
