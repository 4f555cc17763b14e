package org.undersigned.bench;

import java.io.IOException;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileStore;
import org.undersigned.tlog.Tree;

/// A log of which only the right edge exists, which is all a writer reads: as if its leaves so far were empty, and
/// the hashes above them zeros. Keeps nothing that is written, so that its memory stays flat however long the log
/// gets.
final class RightEdgeTiles implements TileStore {
    private static final byte[] LEAF_HASH = Merkle.leaf(new byte[0]).bytes();

    /// The tree whose edge this is when it has `size` leaves.
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
        // forgotten
    }
}
