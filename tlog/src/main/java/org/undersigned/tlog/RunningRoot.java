package org.undersigned.tlog;

import java.util.Arrays;

/// The root of a growing tree, in memory for one hash per level: what a recount needs to check every leaf. For one
/// thread.
public final class RunningRoot {
    private static final int SIZE = Hash.SIZE;

    private final TreeHasher hasher = new TreeHasher();

    /// Roots of the full subtrees, largest first: one for each 1 bit of the size. One place more than a size has
    /// bits is where a new leaf lands before it is joined to its neighbours.
    private final byte[] subtrees = new byte[64 * SIZE];

    private long size;

    /// Makes the root of no leaves; [#add] the first.
    public RunningRoot() {}

    /// Appends a leaf; O(1) amortized.
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

    /// Leaves so far.
    ///
    /// @return how many were added
    public long size() {
        return size;
    }

    /// The root over the leaves so far; O(log n).
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
