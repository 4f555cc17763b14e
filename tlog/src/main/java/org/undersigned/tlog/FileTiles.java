package org.undersigned.tlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.undersigned.tlog.internal.DurableFiles;

/// A log in a directory, laid out as c2sp.org/tlog-tiles serves it, so that any web server of files can:
/// `checkpoint`, `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`.
///
/// Crash story: every file is written beside its place, forced to disk and renamed, so a file is there whole or not
/// at all, readable as the umask says. An append writes its tiles first and [#publish] is the commit point; a crash
/// before it leaves tiles no checkpoint covers, and the next append of the same size writes the same places again.
/// Files ending in `.tmp` are what a crash left of an unfinished write and may be deleted. Partial tiles are kept,
/// so that those who hold an older checkpoint can still read its tree.
///
/// Trusted: whoever can write the directory can make the log's owner sign two histories. One writer at a time; any
/// number of readers beside it.
public final class FileTiles implements TileStore, CheckpointSource {
    private final Path directory;

    private FileTiles(Path directory) {
        this.directory = directory;
    }

    /// A log in a directory; reads and makes nothing yet.
    ///
    /// @param directory which need not exist yet
    /// @return the log's tiles and its checkpoint
    public static FileTiles in(Path directory) {
        return new FileTiles(directory);
    }

    /// {@inheritDoc} On disk when it returns.
    @Override
    public void write(Tile tile, byte[] data) throws IOException {
        DurableFiles.replace(directory.resolve(tile.path()), data);
    }

    /// {@inheritDoc} [java.nio.file.NoSuchFileException] if it was never written.
    @Override
    public byte[] read(Tile tile) throws IOException {
        return Files.readAllBytes(directory.resolve(tile.path()));
    }

    /// Makes `checkpoint` the log's newest; on disk when it returns. The tiles it covers were written before.
    ///
    /// @param checkpoint signed
    /// @throws IOException it cannot be written; the one before stays
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
            throw new IOException(file + " is no note: " + e.getMessage(), e);
        }
    }
}
