package org.undersigned.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends to a log kept as tiles (c2sp.org/tlog-tiles). An append costs O(new leaves + log n): it works on the
/// right edge, one partial tile a level, which the first append reads, holds against the tree's root, and the
/// writer then keeps.
///
/// Nothing it writes counts before the caller signs and stores a checkpoint of the returned tree; see [TileStore]
/// for what a crash leaves. One writer of a log at a time, on one thread at a time.
public final class LogWriter {
    private static final int TILE_BYTES = Tile.FULL * Hash.SIZE;

    private final TileStore store;
    private final TreeHasher hasher = new TreeHasher();
    private Tree tree;
    private @Nullable Edge edge;

    private LogWriter(TileStore store, Tree tree) {
        this.store = store;
        this.tree = tree;
    }

    /// What stands in the partial tiles of a tree.
    ///
    /// @param hashes by level; empty where the level has no partial tile
    /// @param bundle the partial bundle's bytes
    private record Edge(byte[][] hashes, byte[] bundle) {}

    /// Continues a log; reads nothing yet.
    ///
    /// @param store where its tiles are
    /// @param tree of the newest checkpoint; [Tree#EMPTY] to begin one
    /// @return a writer behind that tree
    public static LogWriter open(TileStore store, Tree tree) {
        return new LogWriter(store, tree);
    }

    /// Writes the tiles that `leaves` fill or begin.
    ///
    /// @param leaves each of at most 65,535 bytes; hashed as RFC 6962 §2.1 says
    /// @return the grown tree
    /// @throws IllegalArgumentException if a leaf is too long; nothing was written
    /// @throws IOException the store failed, or what it holds is not the tree this writer was opened with; the
    ///     log is as it was, and the same append may be tried again
    public Tree append(List<byte[]> leaves) throws IOException {
        for (var leaf : leaves) EntryBundle.requireFits(leaf);
        var before = edge == null ? readEdge() : edge;
        edge = before;
        var size = tree.size();
        var grown = Math.addExact(size, leaves.size());
        var hashes = grow(before.hashes(), leaves);
        for (var tile : Tile.covering(size, grown)) {
            if (tile.level() != Tile.ENTRIES) store.write(tile, slice(hashes, tile));
        }
        var bundle = writeBundles(before.bundle(), leaves);
        var root = Proofs.rootOf(tile -> slice(hashes, tile), grown);
        edge = new Edge(rightEdge(hashes), bundle);
        tree = new Tree(grown, root);
        return tree;
    }

    /// A bit that the disk lost must not be signed: every hash of the edge goes into the root, every entry of the
    /// bundle into a hash of the edge.
    private Edge readEdge() throws IOException {
        var hashes = new byte[Tile.MAX_LEVEL + 1][];
        for (var level = 0; level < hashes.length; level++) hashes[level] = readPartial(level);
        if (!Proofs.rootOf(tile -> slice(hashes, tile), tree.size()).equals(tree.root())) {
            throw new IOException("the stored tiles do not make the root of the " + tree.size() + " leaves");
        }
        var bundle = readPartial(Tile.ENTRIES);
        try {
            checkBundle(EntryBundle.parse(bundle, hashes[0].length / Hash.SIZE), hashes[0]);
        } catch (IllegalArgumentException e) {
            throw new IOException("the stored bundle is broken: " + e.getMessage());
        }
        return new Edge(hashes, bundle);
    }

    private void checkBundle(List<byte[]> entries, byte[] hashes) {
        var hash = new byte[Hash.SIZE];
        for (var i = 0; i < entries.size(); i++) {
            hasher.leaf(entries.get(i), hash, 0);
            if (!Arrays.equals(hash, 0, Hash.SIZE, hashes, i * Hash.SIZE, (i + 1) * Hash.SIZE)) {
                throw new IllegalArgumentException("entry " + i + " of it is not what its leaf commits to");
            }
        }
    }

    private byte[] readPartial(int level) throws IOException {
        var count = tree.size() >> (8 * Math.max(level, 0));
        var width = (int) (count % Tile.FULL);
        if (width == 0) return new byte[0];
        var tile = new Tile(level, count / Tile.FULL, width);
        var data = store.read(tile);
        if (level >= 0 && data.length != width * Hash.SIZE) {
            throw new IOException("the stored " + tile.path() + " has " + data.length + " bytes");
        }
        return data;
    }

    /// By level: the hashes of the old partial tile, then the new ones.
    private byte[][] grow(byte[][] before, List<byte[]> leaves) {
        var hashes = new byte[before.length][];
        var at = before[0].length;
        hashes[0] = Arrays.copyOf(before[0], Math.addExact(at, Math.multiplyExact(leaves.size(), Hash.SIZE)));
        for (var leaf : leaves) {
            hasher.leaf(leaf, hashes[0], at);
            at += Hash.SIZE;
        }
        for (var level = 1; level < hashes.length; level++) {
            var below = hashes[level - 1];
            var full = below.length / TILE_BYTES;
            at = before[level].length;
            hashes[level] = full == 0 ? before[level] : Arrays.copyOf(before[level], at + full * Hash.SIZE);
            for (var i = 0; i < full; i++) {
                hasher.root(below, i * TILE_BYTES, Tile.FULL, hashes[level], at + i * Hash.SIZE);
            }
        }
        return hashes;
    }

    /// A tile that [#grow] made or, at a level where nothing is new, left as it was.
    private byte[] slice(byte[][] hashes, Tile tile) {
        var firstTile = (tree.size() >> (8 * tile.level())) / Tile.FULL;
        var at = (int) (tile.index() - firstTile) * TILE_BYTES;
        return Arrays.copyOfRange(hashes[tile.level()], at, at + tile.width() * Hash.SIZE);
    }

    private static byte[][] rightEdge(byte[][] hashes) {
        var edge = new byte[hashes.length][];
        for (var level = 0; level < edge.length; level++) {
            var full = hashes[level].length / TILE_BYTES;
            edge[level] = Arrays.copyOfRange(hashes[level], full * TILE_BYTES, hashes[level].length);
        }
        return edge;
    }

    /// @return the new partial bundle
    private byte[] writeBundles(byte[] partial, List<byte[]> leaves) throws IOException {
        if (leaves.isEmpty()) return partial;
        var out = new ByteArrayOutputStream();
        out.writeBytes(partial);
        var end = tree.size();
        for (var leaf : leaves) {
            EntryBundle.append(out, leaf);
            if (++end % Tile.FULL != 0) continue;
            store.write(new Tile(Tile.ENTRIES, end / Tile.FULL - 1, Tile.FULL), out.toByteArray());
            out.reset();
        }
        var bundle = out.toByteArray();
        if (end % Tile.FULL != 0) store.write(Tile.in(end, Tile.ENTRIES, end / Tile.FULL), bundle);
        return bundle;
    }
}
