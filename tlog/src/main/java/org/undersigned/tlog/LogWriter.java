package org.undersigned.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends leaves to a log stored as tiles (c2sp.org/tlog-tiles). An append costs O(new leaves + log n): it uses
/// only the right edge, one partial tile per level. The first append reads the edge and checks it against the
/// tree's root; the writer then holds it in memory.
///
/// Written tiles take effect only when the caller signs and stores a checkpoint of the returned tree; [TileStore]
/// describes what a crash leaves. Only one writer per log at a time, and only one thread at a time.
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

    /// The contents of a tree's partial tiles.
    ///
    /// @param hashes by level; empty if the level has no partial tile
    /// @param bundle the partial bundle's bytes
    private record Edge(byte[][] hashes, byte[] bundle) {}

    /// Opens a log for appending; reads nothing yet.
    ///
    /// @param store holds its tiles
    /// @param tree of the newest checkpoint; [Tree#EMPTY] for a new log
    /// @return a writer that appends after that tree
    public static LogWriter open(TileStore store, Tree tree) {
        return new LogWriter(store, tree);
    }

    /// Appends leaves: writes every tile that `leaves` fill or start.
    ///
    /// @param leaves each of at most 65,535 bytes; hashed according to RFC 6962 §2.1
    /// @return the new tree
    /// @throws IllegalArgumentException if a leaf is too long; nothing was written
    /// @throws IOException if the store failed, or its tiles do not match the tree this writer was opened with; the
    ///     log is unchanged, and the caller can repeat the same append
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

    /// Reads the right edge and verifies it, so that the caller never signs data that the disk corrupted: every
    /// hash of the edge is part of the root, and every entry of the bundle is hashed and compared with a hash of
    /// the edge.
    private Edge readEdge() throws IOException {
        var hashes = new byte[Tile.MAX_LEVEL + 1][];
        for (var level = 0; level < hashes.length; level++) hashes[level] = readPartial(level);
        if (!Proofs.rootOf(tile -> slice(hashes, tile), tree.size()).equals(tree.root())) {
            throw new IOException("the stored tiles do not match the root of the tree of " + tree.size() + " leaves");
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
                throw new IllegalArgumentException("entry " + i + " does not match the hash of its leaf");
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

    /// Per level: the hashes of the old partial tile, then the new ones.
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

    /// Cuts `tile` out of the hashes that [#grow] returned.
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
