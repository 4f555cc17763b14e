package org.undersigned.tlog;

import java.io.IOException;

/// Where tiles are read: a directory, a database, a web server.
@FunctionalInterface
public interface TileSource {
    /// Reads a tile. Who reads from a stranger checks the result against a checkpoint; this method promises nothing
    /// of its truth.
    ///
    /// @param tile of that width
    /// @return exactly its bytes: 32 × width for hashes, a bundle of width entries at level -1; the caller's to
    ///     keep
    /// @throws IOException it is not there, or cannot be read
    byte[] read(Tile tile) throws IOException;
}
