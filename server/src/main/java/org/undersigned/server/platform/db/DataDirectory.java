package org.undersigned.server.platform.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.startup.StartupFailure;

/// The directory in which an instance stores everything. Only one process at a time may hold it (an advisory lock
/// on `lock`, which the kernel releases when the process ends, however it ends).
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// @throws StartupFailure if the directory cannot be created or written, or another instance holds it
    public static DataDirectory hold(Path directory) {
        return tryHold(directory)
                .orElseThrow(() -> new StartupFailure("another instance is running on "
                        + directory.toAbsolutePath().normalize()
                        + "; stop it, or choose another directory with --data"));
    }

    /// Like [#hold], but returns empty if another process holds the directory.
    ///
    /// @throws StartupFailure if the directory cannot be created or written
    public static Optional<DataDirectory> tryHold(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new DataDirectory(path, channel));
        } catch (IOException e) {
            throw new StartupFailure(
                    "the data directory " + path + " is not writable; choose another directory with --data", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
