package org.undersigned.server.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/// A file of records of one length, each followed by its CRC-32C. A crash while it is written loses at most the
/// records that were being appended. Not thread-safe.
final class RecordFile implements AutoCloseable {
    private static final int CHECKSUM = 4;
    private static final int AT_ONCE = 256; // records in one write

    private final Path file;
    private final int length;
    private FileChannel channel;
    private long size;

    private RecordFile(Path file, int length, FileChannel channel, long size) {
        this.file = file;
        this.length = length;
        this.channel = channel;
        this.size = size;
    }

    /// Opens the file, or makes an empty one, which only its owner can read. What a crash left behind the last whole
    /// record is cut off.
    ///
    /// @param length bytes of a record
    static RecordFile open(Path file, int length) throws IOException {
        var isNew = !Files.exists(file);
        var opened = new RecordFile(file, length, channel(file), 0);
        if (isNew) opened.forceName();
        var whole = opened.channel.size() / opened.stride();
        while (opened.size < whole && opened.isWhole(opened.size)) opened.size++;
        opened.channel.truncate(opened.size * opened.stride());
        return opened;
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private int stride() {
        return length + CHECKSUM;
    }

    /// The number of records.
    long size() {
        return size;
    }

    List<byte[]> all() throws IOException {
        var records = new ArrayList<byte[]>();
        for (var i = 0L; i < size; i++) records.add(read(i));
        return records;
    }

    byte[] read(long index) throws IOException {
        var record = new byte[length];
        readStride(index).get(record);
        return record;
    }

    private ByteBuffer readStride(long index) throws IOException {
        var buffer = ByteBuffer.allocate(stride());
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, index * stride() + buffer.position()) < 0) throw new IOException(file + " ended");
        }
        return buffer.flip();
    }

    private boolean isWhole(long index) throws IOException {
        var buffer = readStride(index);
        var record = new byte[length];
        buffer.get(record);
        return buffer.getInt() == checksum(record);
    }

    private static int checksum(byte[] record) {
        var crc = new CRC32C();
        crc.update(record);
        return (int) crc.getValue();
    }

    /// Appends records; they are on disk when it returns.
    ///
    /// @throws IOException if that fails; then none was appended
    void append(Collection<byte[]> records) throws IOException {
        try {
            write(channel, size * stride(), records);
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(size * stride());
            throw e;
        }
        size += records.size();
    }

    private void write(FileChannel to, long position, Collection<byte[]> records) throws IOException {
        var buffer = ByteBuffer.allocate(Math.min(records.size(), AT_ONCE) * stride());
        var at = position;
        for (var record : records) {
            if (!buffer.hasRemaining()) at += write(to, at, buffer);
            buffer.put(record).putInt(checksum(record));
        }
        var _ = write(to, at, buffer);
    }

    private static int write(FileChannel to, long position, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) to.write(buffer, position + buffer.position());
        var written = buffer.limit();
        buffer.clear();
        return written;
    }

    /// Replaces all records. A crash leaves either the old ones or the new ones.
    void replace(Collection<byte[]> records) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        var fresh = channel(next);
        try {
            write(fresh, 0, records);
            fresh.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        channel.close();
        channel = fresh;
        size = records.size();
        forceName();
    }

    private void forceName() throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
