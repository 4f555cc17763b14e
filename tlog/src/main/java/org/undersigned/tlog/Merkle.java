package org.undersigned.tlog;

import java.util.List;

/// Merkle tree hashing (RFC 6962 §2.1).
public final class Merkle {
    /// The root of a tree without leaves: the hash of no bytes.
    public static final Hash EMPTY_ROOT = Hash.sha256();

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private Merkle() {}

    /// The hash of a leaf.
    ///
    /// @param data of an entry, any length
    /// @return SHA-256(0x00 ‖ data)
    public static Hash leaf(byte[] data) {
        return Hash.sha256(LEAF, data);
    }

    /// The hash of an interior node.
    ///
    /// @param left child with the lower leaves
    /// @param right other child
    /// @return SHA-256(0x01 ‖ left ‖ right)
    public static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.shared(), right.shared());
    }

    /// The root of a list of leaf hashes.
    ///
    /// @param leaves each from [#leaf], any number
    /// @return the root; [#EMPTY_ROOT] for an empty list
    public static Hash root(List<Hash> leaves) {
        var running = new RunningRoot();
        leaves.forEach(running::add);
        return running.root();
    }
}
