package org.undersigned.tlog;

import java.util.ArrayList;
import java.util.List;

/// The root of a growing tree, in memory for one hash per level: what a recount needs to check every leaf.
public final class RunningRoot {
    /// Roots of the full subtrees, largest first: one for each 1 bit of the size.
    private final List<Hash> subtrees = new ArrayList<>();

    private long size;

    /// Appends a leaf by its hash ([Merkle#leaf]).
    public void add(Hash leaf) {
        var node = leaf;
        for (var bit = size; (bit & 1) == 1; bit >>= 1) node = Merkle.node(subtrees.removeLast(), node);
        subtrees.add(node);
        size++;
    }

    /// Leaves so far.
    public long size() {
        return size;
    }

    /// The root over the leaves so far; O(log n).
    public Hash root() {
        if (subtrees.isEmpty()) return Merkle.EMPTY_ROOT;
        var root = subtrees.getLast();
        for (var i = subtrees.size() - 2; i >= 0; i--) root = Merkle.node(subtrees.get(i), root);
        return root;
    }
}
