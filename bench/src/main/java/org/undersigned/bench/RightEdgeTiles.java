package org.undersigned.bench;

import java.io.IOException;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileStore;
import org.undersigned.tlog.Tree;

/// A fake store that serves only the right edge of a log, because a writer reads nothing else: all earlier leaves
/// are empty, and the hashes above them are zeros. It discards all writes, so its memory use is constant for any
/// length of the log.
final class RightEdgeTiles implements TileStore {
    private static final byte[] LEAF_HASH = Merkle.leaf(new byte[0]).bytes();

    /// Returns the tree of `size` leaves that this right edge belongs to.
    Tree tree(long size) throws IOException {
        return new Tree(size, Proofs.rootOf(this, size));
    }

    @Override
    public byte[] read(Tile tile) {
        if (tile.level() == Tile.ENTRIES) return new byte[2 * tile.width()];
        var hashes = new byte[tile.width() * Hash.SIZE];
        if (tile.level() == 0) {
            for (var at = 0; at < hashes.length; at += Hash.SIZE) System.arraycopy(LEAF_HASH, 0, hashes, at, Hash.SIZE);
        }
        return hashes;
    }

    @Override
    public void write(Tile tile, byte[] data) {
        // discarded
    }
}
