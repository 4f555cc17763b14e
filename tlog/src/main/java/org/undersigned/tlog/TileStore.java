package org.undersigned.tlog;

import java.io.IOException;

/// Stores a log's tiles.
///
/// Crash story: tiles are written before the checkpoint that covers them, so a crash leaves at most tiles that no
/// checkpoint covers. They are never served, and the next append overwrites them.
public interface TileStore extends TileSource {
    /// Stores `data` as the content of `tile`. A wider tile replaces a narrower one of the same level and index,
    /// because it continues it. It must be durable only when the checkpoint is.
    ///
    /// @param tile including its width
    /// @param data 32 × width bytes of hashes, or a bundle of width entries; the caller does not change it
    ///     afterwards
    /// @throws IOException if it cannot be stored
    void write(Tile tile, byte[] data) throws IOException;
}
