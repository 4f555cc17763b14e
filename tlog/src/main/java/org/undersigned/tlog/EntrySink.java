package org.undersigned.tlog;

import java.io.IOException;

/// Receives a log's entries in order.
@FunctionalInterface
public interface EntrySink {
    /// Called after an entry is proven.
    ///
    /// @param index from 0
    /// @param entry its bytes; the receiver owns the array
    /// @throws IOException if the entry cannot be processed; no further entries follow
    void take(long index, byte[] entry) throws IOException;
}
