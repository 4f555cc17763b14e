package org.undersigned.record.recount;

/// Hears how far a recount is, on the recount's own thread.
@FunctionalInterface
public interface Progress {
    /// Nobody listens.
    Progress NONE = (log, leaves, of) -> {};

    /// @param log "register", then "box"
    /// @param leaves looked at so far
    /// @param of leaves there are
    void reached(String log, long leaves, long of);
}
