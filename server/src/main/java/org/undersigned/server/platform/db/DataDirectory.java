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
import org.undersigned.server.platform.StartupFailure;

/// The one directory an instance keeps everything in, held by one process at a time (an advisory lock on `lock`,
/// which the kernel drops when the process dies, however it dies).
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// @throws StartupFailure if the directory cannot be made or written, or another instance holds it
    public static DataDirectory hold(Path directory) {
        return tryHold(directory)
                .orElseThrow(() -> new StartupFailure("another instance is running on "
                        + directory.toAbsolutePath().normalize() + "; stop it, or choose --data"));
    }

    /// As [#hold], or empty when another process holds it.
    ///
    /// @throws StartupFailure if the directory cannot be made or written
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
            throw new StartupFailure("the data directory " + path + " is not writable; choose another with --data", e);
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
