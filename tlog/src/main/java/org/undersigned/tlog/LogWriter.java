package org.undersigned.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Appends to a log kept as tiles. An append reads only the right edge (one tile a level) and costs O(new leaves
/// + log n).
///
/// Nothing it writes counts before the caller signs and stores a checkpoint of the returned tree; see [TileStore]
/// for what a crash leaves. One writer at a time.
public final class LogWriter {
    private final TileStore store;
    private long size;

    private LogWriter(TileStore store, long size) {
        this.store = store;
        this.size = size;
    }

    /// @param size leaves under the newest checkpoint
    public static LogWriter open(TileStore store, long size) {
        if (size < 0) throw new IllegalArgumentException("a size is not negative");
        return new LogWriter(store, size);
    }

    /// Writes the tiles that `leaves` fill.
    ///
    /// @return the grown tree
    /// @throws IOException the store failed; the log is as it was
    public Tree append(List<byte[]> leaves) throws IOException {
        var grown = size + leaves.size();
        var hashes = new HashMap<Integer, byte[]>(); // by level: the new hashes, behind those of the old partial tile
        var below = leaves.stream().map(Merkle::leaf).toList();
        for (var level = 0; level <= 5 && !below.isEmpty(); level++) {
            var edge = edge(level);
            var out = new ByteArrayOutputStream();
            out.writeBytes(edge);
            for (var hash : below) out.writeBytes(hash.shared());
            hashes.put(level, out.toByteArray());
            below = fullTileRoots(hashes.get(level));
        }
        for (var tile : Tile.covering(size, grown)) {
            if (tile.level() != Tile.ENTRIES) store.write(tile, slice(tile, hashes));
        }
        writeBundles(leaves, grown);
        size = grown;
        return new Tree(grown, Proofs.rootOf(store, grown));
    }

    /// What stands in the partial tile at the right edge of `level`.
    private byte[] edge(int level) throws IOException {
        var count = size >> (8 * level);
        var partial = (int) (count % Tile.FULL);
        return partial == 0 ? new byte[0] : store.read(new Tile(level, count / Tile.FULL, partial));
    }

    private static List<Hash> fullTileRoots(byte[] hashes) {
        var roots = new ArrayList<Hash>();
        for (var at = 0; at + Tile.FULL * Hash.SIZE <= hashes.length; at += Tile.FULL * Hash.SIZE) {
            roots.add(Proofs.subtreeRoot(hashes, at, Tile.FULL));
        }
        return roots;
    }

    private byte[] slice(Tile tile, Map<Integer, byte[]> hashes) {
        var all = hashes.get(tile.level());
        if (all == null) throw new IllegalStateException("no new hashes at level " + tile.level());
        var firstTile = (size >> (8 * tile.level())) / Tile.FULL;
        var at = (int) (tile.index() - firstTile) * Tile.FULL * Hash.SIZE;
        return java.util.Arrays.copyOfRange(all, at, at + tile.width() * Hash.SIZE);
    }

    private void writeBundles(List<byte[]> leaves, long grown) throws IOException {
        var partial = (int) (size % Tile.FULL);
        var entries = new ArrayList<byte[]>();
        var first = size / Tile.FULL;
        if (partial > 0 && !leaves.isEmpty()) {
            entries.addAll(EntryBundle.parse(store.read(new Tile(Tile.ENTRIES, first, partial)), partial));
        }
        entries.addAll(leaves);
        for (var at = 0; at < entries.size(); at += Tile.FULL) {
            var index = first + at / Tile.FULL;
            var bundle = entries.subList(at, Math.min(at + Tile.FULL, entries.size()));
            store.write(Tile.in(grown, Tile.ENTRIES, index), EntryBundle.encode(bundle));
        }
    }
}
