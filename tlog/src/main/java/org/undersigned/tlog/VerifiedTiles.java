package org.undersigned.tlog;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the tiles of one tree from an untrusted source and verifies each against the tree's root.
///
/// The right edge has one partial tile per level, and every hash in it is part of the root, so the edge is correct
/// if it produces the root. A full tile is correct if its own root equals its hash in the tile above, which is
/// verified in the same way. So a tile costs at most one more read per level; cached tiles cost none.
final class VerifiedTiles {
    private static final int REMEMBERED = 64;

    private final TileSource source;
    private final Tree tree;
    private final TreeHasher hasher = new TreeHasher();
    private final Map<Tile, byte[]> edge = new HashMap<>();
    private final Map<Tile, byte[]> full = new LinkedHashMap<>(REMEMBERED, 0.75f, true);

    private VerifiedTiles(TileSource source, Tree tree) {
        this.source = source;
        this.tree = tree;
    }

    /// Reads and verifies the right edge.
    ///
    /// @throws UnprovenException if it does not produce the tree's root
    /// @throws IOException if it cannot be read
    static VerifiedTiles of(TileSource source, Tree tree) throws IOException {
        var tiles = new VerifiedTiles(source, tree);
        var root = Proofs.rootOf(
                tile -> {
                    var data = tiles.fetchHashes(tile);
                    tiles.edge.put(tile, data);
                    return data;
                },
                tree.size());
        if (!root.equals(tree.root()))
            throw new UnprovenException("the tiles of the right edge do not match the signed root");
        return tiles;
    }

    /// A tile of hashes in the width that the tree has; the caller must not change the array.
    ///
    /// @throws UnprovenException if it does not match the root
    byte[] hashes(Tile tile) throws IOException {
        var known = edge.getOrDefault(tile, full.get(tile));
        if (known != null) return known;
        if (tile.width() != Tile.FULL || !tile.equals(Tile.in(tree.size(), tile.level(), tile.index()))) {
            throw new IllegalArgumentException(tile.path() + " does not belong to this tree");
        }
        var data = fetchHashes(tile);
        var above = hashes(Tile.in(tree.size(), tile.level() + 1, tile.index() / Tile.FULL));
        var at = (int) (tile.index() % Tile.FULL) * Hash.SIZE;
        var root = new byte[Hash.SIZE];
        hasher.root(data, 0, Tile.FULL, root, 0);
        if (!Arrays.equals(root, 0, Hash.SIZE, above, at, at + Hash.SIZE)) {
            throw new UnprovenException(tile.path() + " does not match the signed root");
        }
        full.put(tile, data);
        if (full.size() > REMEMBERED) full.remove(full.keySet().iterator().next());
        return data;
    }

    /// The entries of bundle `index`; the hash of each equals its leaf in the tree.
    ///
    /// @throws UnprovenException if one does not
    List<byte[]> entries(long index) throws IOException {
        var tile = Tile.in(tree.size(), Tile.ENTRIES, index);
        var hashes = hashes(Tile.in(tree.size(), 0, index));
        var entries = fetchEntries(tile);
        var hash = new byte[Hash.SIZE];
        for (var i = 0; i < entries.size(); i++) {
            hasher.leaf(entries.get(i), hash, 0);
            if (!Arrays.equals(hash, 0, Hash.SIZE, hashes, i * Hash.SIZE, (i + 1) * Hash.SIZE)) {
                throw new UnprovenException(
                        "entry " + (index * Tile.FULL + i) + " does not match the hash of its leaf");
            }
        }
        return entries;
    }

    private byte[] fetchHashes(Tile tile) throws IOException {
        var fetched = fetch(tile);
        if (fetched.data().length != fetched.tile().width() * Hash.SIZE) {
            throw new UnprovenException(fetched.tile().path() + " has " + fetched.data().length + " bytes");
        }
        return Arrays.copyOf(fetched.data(), tile.width() * Hash.SIZE);
    }

    private List<byte[]> fetchEntries(Tile tile) throws IOException {
        var fetched = fetch(tile);
        try {
            return EntryBundle.parse(fetched.data(), fetched.tile().width()).subList(0, tile.width());
        } catch (IllegalArgumentException e) {
            throw new UnprovenException(fetched.tile().path() + ": " + e.getMessage());
        }
    }

    private record Fetched(Tile tile, byte[] data) {}

    /// Falls back to the full tile: a log may delete partial tiles once it exists (c2sp.org/tlog-tiles, "Partial
    /// Tiles").
    private Fetched fetch(Tile tile) throws IOException {
        try {
            return new Fetched(tile, source.read(tile));
        } catch (IOException gone) {
            if (tile.width() == Tile.FULL) throw gone;
            try {
                var whole = new Tile(tile.level(), tile.index(), Tile.FULL);
                return new Fetched(whole, source.read(whole));
            } catch (IOException alsoGone) {
                gone.addSuppressed(alsoGone);
                throw gone;
            }
        }
    }
}
