package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTilesTest {
    private static final byte[] LEAF = {1};
    private final NoteSigner signer = NoteSigner.ed25519(GrowingLog.ORIGIN, new byte[32]);

    @TempDir
    private Path folder;

    private Note sign(Tree tree) {
        return signer.sign(new Checkpoint(GrowingLog.ORIGIN, tree.size(), tree.root(), List.of()).text());
    }

    @Test
    void aDirectoryIsALogAWebServerCanServe() throws IOException {
        var tiles = FileTiles.in(folder.resolve("logs/one"));
        var leaves = java.util.Collections.nCopies(300, LEAF);

        var note = sign(LogWriter.open(tiles, Tree.EMPTY).append(leaves));
        tiles.publish(note);

        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/')))
                    .containsExactlyInAnyOrder(
                            "logs/one/checkpoint",
                            "logs/one/tile/0/000",
                            "logs/one/tile/0/001.p/44",
                            "logs/one/tile/1/000.p/1",
                            "logs/one/tile/entries/000",
                            "logs/one/tile/entries/001.p/44");
        }
        var again = FileTiles.in(folder.resolve("logs/one"));
        assertThat(again.checkpoint()).isEqualTo(note);
        var view = new LogClient(LogPolicy.of(signer.verifier()), again, again).latest();
        assertThat(view.entry(299)).isEqualTo(LEAF);
    }

    /// After a crash between tiles and checkpoint, the next run appends other leaves in the same places.
    @Test
    void tilesNoCheckpointCoversAreWrittenOver() throws IOException {
        var tiles = FileTiles.in(folder);
        var three = LogWriter.open(tiles, Tree.EMPTY).append(java.util.Collections.nCopies(3, LEAF));
        tiles.publish(sign(three));
        LogWriter.open(tiles, three).append(java.util.Collections.nCopies(4, LEAF)); // a crash follows

        var newest = Checkpoint.parse(tiles.checkpoint().text()).tree();
        var other = new byte[] {2};
        tiles.publish(sign(LogWriter.open(tiles, newest).append(java.util.Collections.nCopies(4, other))));

        var client = new LogClient(LogPolicy.of(signer.verifier()), tiles, tiles);
        assertThat(client.latest().entry(6)).isEqualTo(other);
        assertThat(client.latest().rootAt(3)).isEqualTo(three.root());
        assertThat(client.at(sign(three)).entry(2)).isEqualTo(LEAF);
    }

    @Test
    void whatWasNeverWrittenIsNotThere() throws IOException {
        var tiles = FileTiles.in(folder);

        assertThatThrownBy(tiles::checkpoint).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> tiles.read(new Tile(0, 0, 1))).isInstanceOf(NoSuchFileException.class);
        Files.writeString(folder.resolve("checkpoint"), "half a no");
        assertThatThrownBy(tiles::checkpoint)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a signed note");
    }

    /// The permissions that the umask leaves of rw-rw-rw-, read from an ordinary new file.
    @Test
    void whatIsWrittenCanBeReadByWhoeverMayReadAnOrdinaryFile() throws IOException {
        var ordinary = Files.createFile(folder.resolve("ordinary"));
        assumeThat(ordinary.getFileSystem().supportedFileAttributeViews()).contains("posix");
        var tiles = FileTiles.in(folder.resolve("log"));
        tiles.publish(sign(LogWriter.open(tiles, Tree.EMPTY).append(List.of(LEAF))));

        for (var name : List.of("checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("log").resolve(name)))
                    .as(name)
                    .isEqualTo(Files.getPosixFilePermissions(ordinary));
        }
    }
}
