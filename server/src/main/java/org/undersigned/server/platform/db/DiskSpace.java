package org.undersigned.server.platform.db;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.undersigned.server.platform.startup.StartupFailure;

/// The free space of a disk on which this program stores. If a disk is full, PostgreSQL cannot write its log and ends;
/// therefore nothing more is accepted before that. The log says once that space is low, and that there is enough again.
public final class DiskSpace {
    private static final Logger LOG = System.getLogger(DiskSpace.class.getName());

    private static final long MIB = 1 << 20;
    /// What PostgreSQL's write-ahead log and the jobs can still need.
    private static final long LOW = 256 * MIB;
    /// More, so that it does not change with every request.
    private static final long ENOUGH = 320 * MIB;

    private final Path directory;
    private final FileStore disk;
    private boolean isLow;

    private DiskSpace(Path directory, FileStore disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /// The space of the disk that `directory` is on.
    ///
    /// @throws StartupFailure if the directory does not exist
    public static DiskSpace of(Path directory) {
        try {
            return new DiskSpace(directory, Files.getFileStore(directory));
        } catch (IOException e) {
            throw new StartupFailure("the disk of " + directory + " cannot be read", e);
        }
    }

    /// True if nothing more is to be accepted. Asks the file system, which takes microseconds.
    public synchronized boolean isLow() {
        try {
            var free = disk.getUsableSpace();
            if (isLow && free >= ENOUGH) {
                isLow = false;
                LOG.log(Level.WARNING, "the disk of {0} has space again: what people send is stored", directory);
            } else if (!isLow && free < LOW) {
                isLow = true;
                LOG.log(
                        Level.ERROR,
                        "the disk of {0} is nearly full: nothing that people send is stored until {1} MiB are free",
                        directory,
                        ENOUGH / MIB);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the free space cannot be read");
        }
        return isLow;
    }
}
