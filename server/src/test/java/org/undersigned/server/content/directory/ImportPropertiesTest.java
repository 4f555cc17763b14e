package org.undersigned.server.content.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.undersigned.server.content.directory.DirectoryFiles.HEADER;
import static org.undersigned.server.content.directory.DirectoryFiles.list;
import static org.undersigned.server.content.directory.DirectoryFiles.listed;
import static org.undersigned.server.content.directory.DirectoryFiles.row;
import static org.undersigned.server.content.directory.DirectoryFiles.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.undersigned.server.support.Mutations;

/// Any corrupted version of the two source files of the directory is read completely or refused with a position.
final class ImportPropertiesTest {
    private static final byte[] HEADERS = (HEADER
                    + row(
                            168148,
                            "Tufts University",
                            "IALIAS",
                            "Tufts | Tufts College",
                            "WEBADDR",
                            "https://www.tufts.edu")
                    + row(123961, "University of Southern California", "ZIP", "90089", "WEBADDR", "www.usc.edu"))
            .getBytes(StandardCharsets.UTF_8);

    private static final byte[] DOMAINS = list(
                    listed("Tufts", "www.tufts.edu", "cs.tufts.edu"), listed("Southern California", "usc.edu"))
            .getBytes(StandardCharsets.UTF_8);

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aChangedHeaderFileIsReadOrRefused(@ForAll long seed) throws IOException {
        List<Institution> read = new ArrayList<>();
        readOrRefused(Mutations.of(HEADERS, seed), file -> IpedsFile.read(file, new ImportWarnings(), read::add));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aChangedDomainListIsReadOrRefused(@ForAll long seed) throws IOException {
        List<MailDomainList.Listed> read = new ArrayList<>();
        readOrRefused(Mutations.of(DOMAINS, seed), file -> MailDomainList.read(file, new ImportWarnings(), read::add));
    }

    private static void readOrRefused(byte[] bytes, Consumer<Path> reading) throws IOException {
        var directory = Files.createTempDirectory("imports");
        var file = write(directory, "file", bytes);
        try {
            reading.accept(file);
        } catch (ImportFailure e) {
            assertThat(e.getMessage()).startsWith("file").doesNotContain("\n");
        } finally {
            Files.delete(file);
            Files.delete(directory);
        }
    }
}
