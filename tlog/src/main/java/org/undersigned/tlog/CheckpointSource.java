package org.undersigned.tlog;

import java.io.IOException;

/// Reads a log's newest checkpoint from a file, a database or a web server (`<prefix>/checkpoint`).
@FunctionalInterface
public interface CheckpointSource {
    /// Reads the newest signed checkpoint. Nothing is verified yet; [LogPolicy#check] verifies it.
    ///
    /// @return a note of at most 1 MiB
    /// @throws IOException if there is no checkpoint, it is not a note, or it cannot be read
    Note checkpoint() throws IOException;
}
