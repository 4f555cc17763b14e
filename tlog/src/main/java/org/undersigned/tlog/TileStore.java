package org.undersigned.tlog;

import java.io.IOException;

/// Where a log's tiles are kept.
///
/// Crash story: tiles are written before the checkpoint that covers them, so a crash leaves at worst tiles that
/// no checkpoint covers. They are never served, and the next append writes the same places again.
public interface TileStore extends TileSource {
    /// Keeps `data` as the contents of `tile`. A wider tile replaces a narrower one of the same level and index,
    /// of which it is a continuation. Need not be durable before the checkpoint is.
    ///
    /// @param tile of that width
    /// @param data 32 × width bytes of hashes, or a bundle of width entries; not changed after
    /// @throws IOException it cannot be kept
    void write(Tile tile, byte[] data) throws IOException;
}
