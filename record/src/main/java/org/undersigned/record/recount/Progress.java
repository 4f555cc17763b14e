package org.undersigned.record.recount;

/// Receives the progress of a recount, on the recount's own thread.
@FunctionalInterface
public interface Progress {
    /// Ignores the progress.
    Progress NONE = (log, leaves, of) -> {};

    /// @param log "register", then "box"
    /// @param leaves number of leaves read so far
    /// @param of number of all leaves
    void reached(String log, long leaves, long of);
}
