package org.undersigned.tlog;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Stores tiles in memory, for tests and small tools. Every width that was written stays readable.
public final class MemoryTiles implements TileStore {
    private final Map<Tile, byte[]> tiles = new ConcurrentHashMap<>();

    /// Creates an empty store.
    public MemoryTiles() {}

    @Override
    public void write(Tile tile, byte[] data) {
        tiles.put(tile, data.clone());
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        var data = tiles.get(tile);
        if (data == null) throw new IOException("no " + tile.path());
        return data.clone();
    }
}
