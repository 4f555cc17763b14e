package org.undersigned.tlog.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Files that are, after a crash at any moment, either as they were or as they were to become.
public final class DurableFiles {
    private DurableFiles() {}

    /// Puts `data` in the place of `file`, making its folders: written beside it, forced to disk, renamed over it,
    /// and the folder forced too. On disk when it returns. A crash leaves at worst a `*.tmp` nobody reads.
    public static void replace(Path file, byte[] data) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        makeFolder(folder);
        var temporary = Files.createTempFile(folder, file.getFileName() + ".", ".tmp");
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                for (var buffer = ByteBuffer.wrap(data); buffer.hasRemaining(); ) channel.write(buffer);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force(folder);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        var parent = folder.getParent();
        if (parent != null) makeFolder(parent);
        Files.createDirectories(folder);
        if (parent != null) force(parent);
    }

    /// Makes the names in `folder` as durable as the files; where a folder cannot be opened (Windows), the system
    /// keeps its names by itself.
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
