package org.undersigned.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes inclusion and consistency proofs from tiles (RFC 6962 §2.1.1, §2.1.2) and verifies them
/// (RFC 9162 §2.1.3.2, §2.1.4.2).
public final class Proofs {
    private Proofs() {}

    /// Computes the root of the tree of `size` leaves from `tiles`, without verifying them.
    ///
    /// @param tiles trusted
    /// @param size in leaves
    /// @return the root (RFC 6962 §2.1)
    /// @throws IOException if a tile cannot be read or has the wrong length
    public static Hash rootOf(TileSource tiles, long size) throws IOException {
        return size == 0 ? Merkle.EMPTY_ROOT : new Reader(tiles, size).root(0, size);
    }

    /// Computes the root of the first `size` leaves from the tiles of the tree of `newSize` leaves.
    static Hash rootWithin(TileSource tiles, long newSize, long size) throws IOException {
        return size == 0 ? Merkle.EMPTY_ROOT : new Reader(tiles, newSize).root(0, size);
    }

    /// Makes the audit path of a leaf (RFC 6962 §2.1.1). Wrong tiles result in a proof that does not verify.
    ///
    /// @param tiles trusted
    /// @param size of the tree, in leaves
    /// @param index of the leaf, from 0
    /// @return at most as many hashes as the tree has levels, lowest first
    /// @throws IOException if a tile cannot be read or has the wrong length
    /// @throws IllegalArgumentException if the tree has no such leaf
    public static List<Hash> inclusion(TileSource tiles, long size, long index) throws IOException {
        if (index < 0 || index >= size)
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size);
        var path = new ArrayList<Hash>();
        path(new Reader(tiles, size), index, 0, size, path);
        return path;
    }

    private static void path(Reader tree, long index, long from, long to, List<Hash> path) throws IOException {
        if (to - from == 1) return;
        var middle = from + split(to - from);
        if (index < middle) {
            path(tree, index, from, middle, path);
            path.add(tree.root(middle, to));
        } else {
            path(tree, index, middle, to, path);
            path.add(tree.root(from, middle));
        }
    }

    /// Makes the proof that the tree of `oldSize` leaves is a prefix of the tree of `newSize` leaves (RFC 6962
    /// §2.1.2). Wrong tiles result in a proof that does not verify.
    ///
    /// @param tiles trusted
    /// @param oldSize in leaves
    /// @param newSize in leaves
    /// @return the hashes; empty if `oldSize` is 0 or `newSize`
    /// @throws IOException if a tile cannot be read or has the wrong length
    /// @throws IllegalArgumentException if `oldSize` is not between 0 and `newSize`
    public static List<Hash> consistency(TileSource tiles, long oldSize, long newSize) throws IOException {
        if (oldSize < 0 || oldSize > newSize) throw new IllegalArgumentException("sizes " + oldSize + ", " + newSize);
        var proof = new ArrayList<Hash>();
        if (oldSize > 0 && oldSize < newSize) subproof(new Reader(tiles, newSize), oldSize, 0, newSize, true, proof);
        return proof;
    }

    private static void subproof(Reader tree, long old, long from, long to, boolean whole, List<Hash> proof)
            throws IOException {
        if (old == to) {
            if (!whole) proof.add(tree.root(from, to));
            return;
        }
        var middle = from + split(to - from);
        if (old <= middle) {
            subproof(tree, old, from, middle, whole, proof);
            proof.add(tree.root(middle, to));
        } else {
            subproof(tree, old, middle, to, false, proof);
            proof.add(tree.root(from, middle));
        }
    }

    /// True if `proof` shows that the tree of `size` leaves and `root` has `leaf` at `index` (RFC 9162 §2.1.3.2).
    ///
    /// @param leaf its hash, [Merkle#leaf]
    /// @param index from 0
    /// @param size in leaves
    /// @param proof lowest hash first
    /// @param root of the tree
    /// @return false, never an exception, for invalid input of any kind
    public static boolean verifyInclusion(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) return false;
        var fn = index;
        var sn = size - 1;
        var r = leaf;
        for (var p : proof) {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn) {
                r = Merkle.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = Merkle.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r.equals(root);
    }

    /// True if `proof` shows that the tree of `oldSize` leaves and `oldRoot` is a prefix of the tree of `newSize`
    /// leaves and `newRoot` (RFC 9162 §2.1.4.2).
    ///
    /// @param oldSize in leaves
    /// @param oldRoot of the smaller tree
    /// @param newSize in leaves
    /// @param newRoot of the larger tree
    /// @param proof empty if `oldSize` is 0 or `newSize`
    /// @return false, never an exception, for invalid input of any kind
    public static boolean verifyConsistency(long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
        if (oldSize < 0 || oldSize > newSize) return false;
        if (oldSize == newSize) return proof.isEmpty() && oldRoot.equals(newRoot);
        if (oldSize == 0) return proof.isEmpty() && oldRoot.equals(Merkle.EMPTY_ROOT);
        var path = new ArrayList<>(proof);
        if (Long.bitCount(oldSize) == 1) path.addFirst(oldRoot);
        if (path.isEmpty()) return false;
        var fn = oldSize - 1;
        var sn = newSize - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        var fr = path.getFirst();
        var sr = path.getFirst();
        for (var c : path.subList(1, path.size())) {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn) {
                fr = Merkle.node(c, fr);
                sr = Merkle.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = Merkle.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(oldRoot) && sr.equals(newRoot);
    }

    /// The largest power of two below `n` (RFC 6962 §2.1).
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    /// Computes roots of subtrees of one tree; reads each tile once.
    private static final class Reader {
        private final TileSource tiles;
        private final long size;
        private final Map<Tile, byte[]> read = new HashMap<>();
        private final TreeHasher hasher = new TreeHasher();

        Reader(TileSource tiles, long size) {
            this.tiles = tiles;
            this.size = size;
        }

        /// The root of the leaves from `from` to before `to`, which form a subtree in RFC 6962's split.
        Hash root(long from, long to) throws IOException {
            var span = to - from;
            if (Long.bitCount(span) == 1) return full(Long.numberOfTrailingZeros(span), from / span);
            var middle = from + split(span);
            return Merkle.node(root(from, middle), root(middle, to));
        }

        /// The root of a full subtree of 2^`height` leaves; `index` counts subtrees of this height.
        private Hash full(int height, long index) throws IOException {
            var level = height / 8;
            var count = 1 << height % 8; // hashes of this tile level in this subtree
            var first = index * count;
            var tile = Tile.in(size, level, first / Tile.FULL);
            var data = read.get(tile);
            if (data == null) {
                data = tiles.read(tile);
                if (data.length != tile.width() * Hash.SIZE) {
                    throw new IOException(tile.path() + " has " + data.length + " bytes");
                }
                read.put(tile, data);
            }
            var root = new byte[Hash.SIZE];
            hasher.root(data, (int) (first % Tile.FULL) * Hash.SIZE, count, root, 0);
            return Hash.of(root);
        }
    }
}
