package org.undersigned.tlog;

/// The size and root of a tree, to which a checkpoint commits.
///
/// @param size in leaves, at most 18 digits
/// @param root of the tree (RFC 6962 §2.1)
public record Tree(long size, Hash root) {
    /// The empty tree, with which every log starts.
    public static final Tree EMPTY = new Tree(0, Merkle.EMPTY_ROOT);

    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException for a negative size, one of more than 18 digits, or an empty tree whose
    ///     root is not the SHA-256 of no bytes
    public Tree {
        Decimal.requireFits(size, "a size");
        if (size == 0 && !root.equals(Merkle.EMPTY_ROOT)) {
            throw new IllegalArgumentException("the root of an empty tree must be SHA-256 of no bytes");
        }
    }
}
