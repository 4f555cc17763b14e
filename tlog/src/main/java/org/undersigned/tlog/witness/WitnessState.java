package org.undersigned.tlog.witness;

import java.io.IOException;
import org.undersigned.tlog.Tree;

/// Durable home of what a witness cosigned last, for each log. Trusted: whoever can rewrite it can make the witness
/// cosign two histories. Safe on any thread.
public interface WitnessState {
    /// The tree cosigned last for a log.
    ///
    /// @param origin of the log
    /// @return that of no leaves if there is none
    /// @throws IOException it cannot be read: the witness must not guess
    Tree latest(String origin) throws IOException;

    /// Puts `next` in the place of `expected`, atomically; on disk when it returns true.
    ///
    /// @param origin of the log
    /// @param expected as [#latest] gave it
    /// @param next to be cosigned once this returns true
    /// @return false if `expected` is no longer the latest: nothing changed
    /// @throws IOException it may or may not have been kept: do not cosign; a later [#latest] tells
    boolean replace(String origin, Tree expected, Tree next) throws IOException;
}
