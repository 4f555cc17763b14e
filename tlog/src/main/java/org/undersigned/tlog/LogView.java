package org.undersigned.tlog;

import java.io.IOException;
import java.util.List;

/// One tree of a log under a checkpoint with verified signatures. Every returned value is proven against the
/// checkpoint's root. Reads only the right edge and the tiles between it and the requested leaf: for a proof in a
/// log of 2^24 leaves, at most 6 tiles. Not thread-safe.
public final class LogView {
    private final Note note;
    private final Checkpoint checkpoint;
    private final VerifiedTiles tiles;

    LogView(Note note, Checkpoint checkpoint, TileSource source) throws IOException {
        this.note = note;
        this.checkpoint = checkpoint;
        this.tiles = VerifiedTiles.of(source, checkpoint.tree());
    }

    /// The checkpoint that the log signed.
    ///
    /// @return the checkpoint
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// The checkpoint with all its signatures.
    ///
    /// @return the note
    public Note note() {
        return note;
    }

    /// Number of leaves in the tree.
    ///
    /// @return the size in the checkpoint
    public long size() {
        return checkpoint.size();
    }

    /// The root this tree had at `size` leaves. If an older checkpoint of that size has another root, the log has
    /// two histories.
    ///
    /// @param size in leaves
    /// @return the root (RFC 6962 §2.1), proven
    /// @throws IllegalArgumentException if `size` is not between 0 and [#size]
    /// @throws UnprovenException if a tile does not match the root
    /// @throws IOException if a tile cannot be read
    public Hash rootAt(long size) throws IOException {
        if (size < 0 || size > size())
            throw new IllegalArgumentException("no tree of size " + size + " in a tree of size " + size());
        return Proofs.rootWithin(tiles::hashes, size(), size);
    }

    /// A tile of hashes, proven; the caller must not change the array.
    byte[] hashes(Tile tile) throws IOException {
        return tiles.hashes(tile);
    }

    /// Reads one entry.
    ///
    /// @param index from 0
    /// @return its bytes, proven
    /// @throws IllegalArgumentException if the tree has no such leaf
    /// @throws UnprovenException if served data does not match the root
    /// @throws IOException if a tile cannot be read
    public byte[] entry(long index) throws IOException {
        if (index < 0 || index >= size())
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size());
        return tiles.entries(index / Tile.FULL).get((int) (index % Tile.FULL));
    }

    /// Passes entries to `sink` in order, bundle by bundle.
    ///
    /// @param from index of the first entry
    /// @param to index after the last entry
    /// @param sink receives each entry, proven
    /// @throws IllegalArgumentException if the tree does not contain all of them
    /// @throws UnprovenException if served data does not match the root; `sink` has received the entries before it
    /// @throws IOException if a tile cannot be read, or `sink` failed
    public void entries(long from, long to, EntrySink sink) throws IOException {
        if (from < 0 || from > to || to > size()) throw new IllegalArgumentException("no leaves " + from + " to " + to);
        for (var index = from; index < to; ) {
            var entries = tiles.entries(index / Tile.FULL);
            for (var i = (int) (index % Tile.FULL); i < entries.size() && index < to; i++) {
                sink.take(index++, entries.get(i));
            }
        }
    }

    /// The audit path of a leaf (RFC 6962 §2.1.1).
    ///
    /// @param index from 0
    /// @return at most 63 hashes, lowest first
    /// @throws IllegalArgumentException if the tree has no such leaf
    /// @throws UnprovenException if a tile does not match the root
    /// @throws IOException if a tile cannot be read
    public List<Hash> inclusion(long index) throws IOException {
        return Proofs.inclusion(tiles::hashes, size(), index);
    }

    /// The proof that the tree of the first `oldSize` leaves is a prefix of this tree (RFC 6962 §2.1.2).
    ///
    /// @param oldSize in leaves
    /// @return at most 63 hashes; empty if `oldSize` is 0 or [#size]
    /// @throws IllegalArgumentException if `oldSize` is not between 0 and [#size]
    /// @throws UnprovenException if a tile does not match the root
    /// @throws IOException if a tile cannot be read
    public List<Hash> consistency(long oldSize) throws IOException {
        return Proofs.consistency(tiles::hashes, oldSize, size());
    }

    /// A proof of a leaf, verifiable without access to the log (c2sp.org/tlog-proof).
    ///
    /// @param index from 0
    /// @return the proof, with all signatures of the checkpoint
    /// @throws IllegalArgumentException if the tree has no such leaf
    /// @throws UnprovenException if a tile does not match the root
    /// @throws IOException if a tile cannot be read
    public LogProof proof(long index) throws IOException {
        return new LogProof(new byte[0], index, inclusion(index), note);
    }
}
