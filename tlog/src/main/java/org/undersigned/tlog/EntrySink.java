package org.undersigned.tlog;

import java.io.IOException;

/// Takes a log's entries in their order.
@FunctionalInterface
public interface EntrySink {
    /// Called once an entry is proven.
    ///
    /// @param index from 0
    /// @param entry its bytes, the caller's to keep
    /// @throws IOException it cannot be taken; no further entry is handed out
    void take(long index, byte[] entry) throws IOException;
}
