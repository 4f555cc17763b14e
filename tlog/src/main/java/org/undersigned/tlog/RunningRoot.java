package org.undersigned.tlog;

import java.util.Arrays;

/// Computes the root of a growing tree with one hash per level in memory. A recount uses it to check every leaf.
/// Not thread-safe.
public final class RunningRoot {
    private static final int SIZE = Hash.SIZE;

    private final TreeHasher hasher = new TreeHasher();

    /// Roots of the full subtrees, largest first: one per 1 bit of the size. The extra place at the end holds a new
    /// leaf before it is merged with its neighbours.
    private final byte[] subtrees = new byte[64 * SIZE];

    private long size;

    /// Creates the root of an empty tree; add leaves with [#add].
    public RunningRoot() {}

    /// Appends a leaf in amortized O(1).
    ///
    /// @param leaf its hash, [Merkle#leaf]
    public void add(Hash leaf) {
        var top = Long.bitCount(size) * SIZE;
        System.arraycopy(leaf.shared(), 0, subtrees, top, SIZE);
        for (var bit = size; (bit & 1) == 1; bit >>= 1) {
            hasher.node(subtrees, top - SIZE, subtrees, top, subtrees, top - SIZE);
            top -= SIZE;
        }
        size++;
    }

    /// Number of leaves.
    ///
    /// @return number of leaves added
    public long size() {
        return size;
    }

    /// Computes the root of the leaves added so far, in O(log n).
    ///
    /// @return the root (RFC 6962 §2.1)
    public Hash root() {
        if (size == 0) return Merkle.EMPTY_ROOT;
        var at = (Long.bitCount(size) - 1) * SIZE;
        var root = Arrays.copyOfRange(subtrees, at, at + SIZE);
        for (at -= SIZE; at >= 0; at -= SIZE) hasher.node(subtrees, at, root, 0, root, 0);
        return Hash.of(root);
    }
}
