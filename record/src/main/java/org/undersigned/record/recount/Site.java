package org.undersigned.record.recount;

import java.io.IOException;

/// The public files of an instance: all a recount ever reads.
@FunctionalInterface
public interface Site {
    /// The bytes at `path`, which starts with `/`. Called from many threads at once. What it returns is not
    /// trusted, but it must be bounded: no file of the record is longer than 17 MB.
    ///
    /// @throws java.nio.file.NoSuchFileException if the site answers that there is no such file: a finding
    /// @throws IOException if the site cannot be asked: no finding, the recount ends without a report
    byte[] read(String path) throws IOException;
}
