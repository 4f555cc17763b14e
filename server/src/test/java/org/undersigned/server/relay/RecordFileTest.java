package org.undersigned.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A crash while a file is written loses no record that was on disk.
final class RecordFileTest {
    private static final List<byte[]> THREE = List.of(record(1), record(2), record(3));

    @TempDir
    private Path folder;

    private static byte[] record(int n) {
        return new byte[] {(byte) n, (byte) (n * 7), (byte) (n * 31), (byte) (n * 101)};
    }

    @Test
    void aFileCutAtAnyByteKeepsEveryWholeRecord() throws Exception {
        var file = folder.resolve("records");
        try (var records = RecordFile.open(file, 4)) {
            records.append(THREE);
        }
        var whole = Files.readAllBytes(file);
        for (var cut = 0; cut <= whole.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(whole, cut));
            try (var records = RecordFile.open(file, 4)) {
                assertThat(records.all()).as("cut at " + cut).containsExactlyElementsOf(THREE.subList(0, cut / 8));
                records.append(List.of(record(9)));
            }
            try (var records = RecordFile.open(file, 4)) {
                assertThat(records.read(cut / 8)).isEqualTo(record(9));
            }
        }
    }

    @Test
    void aDamagedRecordEndsTheFile() throws Exception {
        var file = folder.resolve("records");
        try (var records = RecordFile.open(file, 4)) {
            records.append(THREE);
        }
        var bytes = Files.readAllBytes(file);
        bytes[9] ^= 1; // in the second record
        Files.write(file, bytes);
        try (var records = RecordFile.open(file, 4)) {
            assertThat(records.all()).containsExactly(record(1));
        }
    }

    @Test
    void replacingLeavesTheNewRecordsAndNoOtherFile() throws Exception {
        var file = folder.resolve("records");
        try (var records = RecordFile.open(file, 4)) {
            records.append(THREE);
            records.replace(List.of(record(3)));
            records.append(List.of(record(4)));
            assertThat(records.all()).containsExactly(record(3), record(4));
        }
        try (var records = RecordFile.open(file, 4);
                var files = Files.list(folder)) {
            assertThat(records.all()).containsExactly(record(3), record(4));
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void onlyItsOwnerReadsIt() throws Exception {
        var file = folder.resolve("records");
        try (var records = RecordFile.open(file, 4)) {
            records.replace(THREE);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
