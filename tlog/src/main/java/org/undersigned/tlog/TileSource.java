package org.undersigned.tlog;

import java.io.IOException;

/// Reads tiles from a directory, a database or a web server.
@FunctionalInterface
public interface TileSource {
    /// Reads a tile without verifying it. A caller that does not trust the source checks the result against a
    /// checkpoint.
    ///
    /// @param tile including its width
    /// @return exactly its bytes: 32 × width for hashes, a bundle of width entries at level -1; the caller owns the
    ///     array
    /// @throws IOException if the tile does not exist or cannot be read
    byte[] read(Tile tile) throws IOException;
}
