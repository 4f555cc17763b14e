package org.undersigned.tlog.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Files that are, after a crash at any moment, either as they were or as they were to become.
public final class DurableFiles {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private DurableFiles() {}

    /// Puts `data` in the place of `file`, making its folders: written beside it, forced to disk, renamed over it,
    /// and the folder forced too. On disk when it returns. A crash leaves at worst a `*.tmp` nobody reads. Who may
    /// read it the system's umask says, as of any new file.
    ///
    /// @param file its place
    /// @param data all of it
    /// @throws IOException it cannot be written; the file is as it was
    public static void replace(Path file, byte[] data) throws IOException {
        replace(file, data, new FileAttribute<?>[0]);
    }

    /// As [#replace(Path, byte[])], for a file only its owner may read.
    ///
    /// @param file its place
    /// @param data all of it
    /// @throws IOException as there
    public static void replacePrivate(Path file, byte[] data) throws IOException {
        replace(file, data, onlyItsOwners(file));
    }

    /// What a new file is made with that only its owner may read and write, where the file system can say so.
    ///
    /// @param file its place
    /// @return `rw-------`, or nothing
    public static FileAttribute<?>[] onlyItsOwners(Path file) {
        if (!isPosix(file)) return new FileAttribute<?>[0];
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return new FileAttribute<?>[] {owner};
    }

    private static void replace(Path file, byte[] data, FileAttribute<?>... attributes) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        makeFolder(folder);
        // not createTempFile, which lets nobody else read what it makes
        var temporary = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (var channel = FileChannel.open(temporary, NEW, attributes)) {
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
        if (isPosix(folder)) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
