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

/// Writes files so that a crash at any moment leaves either the old content or the new content.
public final class DurableFiles {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private DurableFiles() {}

    /// Replaces `file` with `data` and creates its folders: writes a temporary file next to it, forces that to
    /// disk, renames it over `file`, and forces the folder too. On disk when it returns. A crash leaves at most a
    /// `*.tmp` file that is never read. The file's permissions follow the umask, like those of any new file.
    ///
    /// @param file to write
    /// @param data its complete content
    /// @throws IOException if it cannot be written; the old file is unchanged
    public static void replace(Path file, byte[] data) throws IOException {
        replace(file, data, new FileAttribute<?>[0]);
    }

    /// Like [#replace(Path, byte[])], but only the owner may read the file.
    ///
    /// @param file to write
    /// @param data its complete content
    /// @throws IOException if it cannot be written; the old file is unchanged
    public static void replacePrivate(Path file, byte[] data) throws IOException {
        replace(file, data, onlyItsOwners(file));
    }

    /// Attributes for creating a file that only its owner may read and write, if the file system supports them.
    ///
    /// @param file to create
    /// @return `rw-------`, or an empty array
    public static FileAttribute<?>[] onlyItsOwners(Path file) {
        if (!isPosix(file)) return new FileAttribute<?>[0];
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return new FileAttribute<?>[] {owner};
    }

    private static void replace(Path file, byte[] data, FileAttribute<?>... attributes) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file must have a folder");
        makeFolder(folder);
        // not createTempFile: only the owner can read the files it creates
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

    /// Forces the names in `folder` to disk. Where a folder cannot be opened (Windows), the system itself makes
    /// names durable.
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
