package org.undersigned.tlog;

import java.io.IOException;
import java.util.List;

/// One tree of a log, under a checkpoint whose signatures are checked. Everything it returns is proven against the
/// checkpoint's root; it reads only the right edge and what lies between it and the leaf asked for: in a log of
/// 2^24 leaves at most 6 tiles for a proof. For one thread.
public final class LogView {
    private final Note note;
    private final Checkpoint checkpoint;
    private final VerifiedTiles tiles;

    LogView(Note note, Checkpoint checkpoint, TileSource source) throws IOException {
        this.note = note;
        this.checkpoint = checkpoint;
        this.tiles = VerifiedTiles.of(source, checkpoint.tree());
    }

    /// What the log signed.
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

    /// Leaves in the tree.
    ///
    /// @return as the checkpoint says
    public long size() {
        return checkpoint.size();
    }

    /// The root this tree had when it was `size` leaves long: equal to what an older checkpoint says, or the log
    /// has two histories.
    ///
    /// @param size in leaves
    /// @return the root (RFC 6962 §2.1), proven
    /// @throws IllegalArgumentException if `size` is not between 0 and [#size]
    /// @throws UnprovenException a tile is not what the root commits to
    /// @throws IOException a tile cannot be read
    public Hash rootAt(long size) throws IOException {
        if (size < 0 || size > size()) throw new IllegalArgumentException("no tree of " + size + " in " + size());
        return Proofs.rootWithin(tiles::hashes, size(), size);
    }

    /// A tile of hashes, proven; the caller does not change it.
    byte[] hashes(Tile tile) throws IOException {
        return tiles.hashes(tile);
    }

    /// One entry.
    ///
    /// @param index from 0
    /// @return its bytes, proven
    /// @throws IllegalArgumentException if the tree has no such leaf
    /// @throws UnprovenException what was served is not what the root commits to
    /// @throws IOException a tile cannot be read
    public byte[] entry(long index) throws IOException {
        if (index < 0 || index >= size()) throw new IllegalArgumentException("no leaf " + index + " in " + size());
        return tiles.entries(index / Tile.FULL).get((int) (index % Tile.FULL));
    }

    /// Hands out entries in their order, bundle by bundle.
    ///
    /// @param from index of the first
    /// @param to index behind the last
    /// @param sink takes each, proven
    /// @throws IllegalArgumentException if the tree has not all of them
    /// @throws UnprovenException what was served is not what the root commits to; entries before it were handed out
    /// @throws IOException a tile cannot be read, or `sink` failed
    public void entries(long from, long to, EntrySink sink) throws IOException {
        if (from < 0 || from > to || to > size()) throw new IllegalArgumentException("leaves " + from + " to " + to);
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
    /// @throws UnprovenException a tile is not what the root commits to
    /// @throws IOException a tile cannot be read
    public List<Hash> inclusion(long index) throws IOException {
        return Proofs.inclusion(tiles::hashes, size(), index);
    }

    /// The proof that the tree of the first `oldSize` leaves is a prefix of this one (RFC 6962 §2.1.2).
    ///
    /// @param oldSize in leaves
    /// @return at most 63 hashes; none where either tree is trivial or both are the same
    /// @throws IllegalArgumentException if `oldSize` is not between 0 and [#size]
    /// @throws UnprovenException a tile is not what the root commits to
    /// @throws IOException a tile cannot be read
    public List<Hash> consistency(long oldSize) throws IOException {
        return Proofs.consistency(tiles::hashes, oldSize, size());
    }

    /// A proof of a leaf that can be checked without the log (c2sp.org/tlog-proof).
    ///
    /// @param index from 0
    /// @return the proof, with all the checkpoint's signatures
    /// @throws IllegalArgumentException if the tree has no such leaf
    /// @throws UnprovenException a tile is not what the root commits to
    /// @throws IOException a tile cannot be read
    public LogProof proof(long index) throws IOException {
        return new LogProof(new byte[0], index, inclusion(index), note);
    }
}
