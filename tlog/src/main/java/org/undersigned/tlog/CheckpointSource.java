package org.undersigned.tlog;

import java.io.IOException;

/// Where a log's newest checkpoint is read: a file, a database, `<prefix>/checkpoint` on the web.
@FunctionalInterface
public interface CheckpointSource {
    /// The newest signed checkpoint there is. Nothing of it is verified yet: [LogPolicy#check] does that.
    ///
    /// @return a note, of at most 1 MiB
    /// @throws IOException there is none, it is no note, or it cannot be read
    Note checkpoint() throws IOException;
}
