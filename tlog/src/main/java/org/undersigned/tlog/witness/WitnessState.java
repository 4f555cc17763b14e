package org.undersigned.tlog.witness;

import java.io.IOException;
import org.undersigned.tlog.Tree;

/// Durable storage of the tree that a witness cosigned last, per log. Trusted: anyone who can rewrite it can make
/// the witness cosign two histories. Thread-safe.
public interface WitnessState {
    /// The tree cosigned last for a log.
    ///
    /// @param origin of the log
    /// @return the tree; [Tree#EMPTY] if there is none
    /// @throws IOException if it cannot be read; the witness must not assume a value
    Tree latest(String origin) throws IOException;

    /// Replaces `expected` with `next` atomically; on disk when it returns true.
    ///
    /// @param origin of the log
    /// @param expected as [#latest] returned it
    /// @param next the tree to cosign once this returns true
    /// @return false if `expected` is no longer the latest: nothing changed
    /// @throws IOException if storing failed, with or without effect: do not cosign; a later [#latest] returns the
    ///     result
    boolean replace(String origin, Tree expected, Tree next) throws IOException;
}
