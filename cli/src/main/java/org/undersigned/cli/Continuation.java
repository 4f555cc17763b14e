package org.undersigned.cli;

import java.io.IOException;
import org.undersigned.tlog.LogView;
import org.undersigned.tlog.Tree;

/// A log that somebody has read before must continue what it was.
final class Continuation {
    private Continuation() {}

    /// @param name of the log, for the message: `the ledger`
    /// @param before the tree that was read before; [Tree#EMPTY] if none was
    /// @throws UnverifiedException if the log is shorter now, or begins with other leaves
    static void require(String name, Tree before, LogView now) throws IOException {
        if (now.size() < before.size()) {
            throw new UnverifiedException(
                    name + " has " + now.size() + " leaves, but it had " + before.size() + " before");
        }
        if (!now.rootAt(before.size()).equals(before.root())) {
            throw new UnverifiedException(name + " has two histories: its first " + before.size()
                    + " leaves are not those that were read before");
        }
    }
}
