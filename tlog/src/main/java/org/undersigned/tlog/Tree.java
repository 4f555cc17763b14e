package org.undersigned.tlog;

/// A tree's size and its root: what a checkpoint commits to.
///
/// @param size in leaves, of at most 18 digits
/// @param root RFC 6962 §2.1
public record Tree(long size, Hash root) {
    /// The tree of no leaves, where every log begins.
    public static final Tree EMPTY = new Tree(0, Merkle.EMPTY_ROOT);

    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException for a negative size, one of more than 18 digits, or an empty tree's
    ///     root that is not the hash of nothing
    public Tree {
        Decimal.requireFits(size, "a size");
        if (size == 0 && !root.equals(Merkle.EMPTY_ROOT)) {
            throw new IllegalArgumentException("not the root of no leaves");
        }
    }
}
