package org.undersigned.tlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.undersigned.tlog.internal.DurableFiles;

/// A log in a directory, in the layout of c2sp.org/tlog-tiles, so that any static web server can serve it:
/// `checkpoint`, `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`.
///
/// Crash story: every file is written to a temporary file next to its target, forced to disk and renamed, so a file
/// exists completely or not at all. Its permissions follow the umask. An append writes its tiles first; [#publish]
/// is the commit point. A crash before it leaves tiles that no checkpoint covers, and the next append of the same
/// size overwrites them. Files ending in `.tmp` remain from a write that a crash interrupted; they can be deleted.
/// Partial tiles stay, so that readers with an older checkpoint can still read its tree.
///
/// Trusted: anyone who can write to the directory can make the log's owner sign two histories. One writer at a
/// time; any number of readers at the same time.
public final class FileTiles implements TileStore, CheckpointSource {
    private final Path directory;

    private FileTiles(Path directory) {
        this.directory = directory;
    }

    /// Opens a log in a directory; reads and creates nothing yet.
    ///
    /// @param directory may not exist yet
    /// @return the log's tiles and its checkpoint
    public static FileTiles in(Path directory) {
        return new FileTiles(directory);
    }

    /// {@inheritDoc} On disk when it returns.
    @Override
    public void write(Tile tile, byte[] data) throws IOException {
        DurableFiles.replace(directory.resolve(tile.path()), data);
    }

    /// {@inheritDoc} [java.nio.file.NoSuchFileException] if the tile was never written.
    @Override
    public byte[] read(Tile tile) throws IOException {
        return Files.readAllBytes(directory.resolve(tile.path()));
    }

    /// Makes `checkpoint` the log's newest; on disk when it returns. The caller has written the tiles it covers.
    ///
    /// @param checkpoint a signed checkpoint
    /// @throws IOException if it cannot be written; the previous checkpoint stays
    public void publish(Note checkpoint) throws IOException {
        DurableFiles.replace(directory.resolve("checkpoint"), checkpoint.bytes());
    }

    /// {@inheritDoc} [java.nio.file.NoSuchFileException] if none was published.
    @Override
    public Note checkpoint() throws IOException {
        var file = directory.resolve("checkpoint");
        if (Files.size(file) > Note.MAX_BYTES) throw new IOException(file + " is too long for a note");
        try {
            return Note.parse(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a signed note: " + e.getMessage(), e);
        }
    }
}
