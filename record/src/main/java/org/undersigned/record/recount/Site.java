package org.undersigned.record.recount;

import java.io.IOException;

/// The public files of an instance. A recount reads nothing else.
@FunctionalInterface
public interface Site {
    /// Returns the bytes at `path`, which starts with `/`. Many threads call it at the same time. The content is
    /// not trusted, but the implementation must limit its length: no file of the record is longer than 17 MB.
    ///
    /// @throws java.nio.file.NoSuchFileException if the site responds that the file does not exist; the recount
    ///     reports a finding
    /// @throws IOException if the site cannot be reached; the recount ends without a report
    byte[] read(String path) throws IOException;
}
