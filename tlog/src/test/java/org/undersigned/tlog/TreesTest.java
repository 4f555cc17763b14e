package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The writer against RFC 6962 §2.1 written out naively here, and against a log by another implementation.
final class TreesTest {
    private static List<byte[]> leaves(int count) {
        var leaves = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) leaves.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
        return leaves;
    }

    /// MTH of RFC 6962 §2.1, word for word.
    private static Hash naiveRoot(List<byte[]> leaves) {
        if (leaves.isEmpty()) return Hash.sha256();
        if (leaves.size() == 1) return Hash.sha256(new byte[] {0}, leaves.getFirst());
        var k = 1;
        while (k * 2 < leaves.size()) k *= 2;
        var left = naiveRoot(leaves.subList(0, k));
        var right = naiveRoot(leaves.subList(k, leaves.size()));
        return Hash.sha256(new byte[] {1}, left.bytes(), right.bytes());
    }

    private static MemoryTiles tilesOf(List<byte[]> leaves) throws IOException {
        var tiles = new MemoryTiles();
        LogWriter.open(tiles, 0).append(leaves);
        return tiles;
    }

    @Test
    void batchesOfAnySizeMakeTheSameTreeAndReadOnlyTheRightEdge() throws IOException {
        var random = new Random(6962);
        var reads = new int[1];
        var tiles = new MemoryTiles();
        TileStore counting = new TileStore() {
            @Override
            public byte[] read(Tile tile) throws IOException {
                reads[0]++;
                return tiles.read(tile);
            }

            @Override
            public void write(Tile tile, byte[] data) {
                tiles.write(tile, data);
            }
        };
        var all = leaves(70_000);
        var running = new RunningRoot();
        for (var size = 0; size < all.size(); ) {
            var batch = all.subList(size, Math.min(all.size(), size + 1 + random.nextInt(9_000)));
            reads[0] = 0;
            var tree = LogWriter.open(counting, size).append(batch);
            assertThat(reads[0]).isLessThan(16);
            batch.forEach(leaf -> running.add(Merkle.leaf(leaf)));
            size += batch.size();
            assertThat(tree).isEqualTo(new Tree(size, running.root()));
            assertThat(naiveRoot(all.subList(0, size))).isEqualTo(tree.root());
        }
        var proof = Proofs.inclusion(tiles, all.size(), 65_600);
        assertThat(Proofs.verifyInclusion(Merkle.leaf(all.get(65_600)), 65_600, all.size(), proof, running.root()))
                .isTrue();
        assertThat(EntryBundle.parse(tiles.read(new Tile(Tile.ENTRIES, 3, 256)), 256)
                        .get(5))
                .isEqualTo(all.get(3 * 256 + 5));
    }

    @Test
    void anEmptyAppendChangesNothing() throws IOException {
        assertThat(LogWriter.open(new MemoryTiles(), 0).append(List.of())).isEqualTo(new Tree(0, Merkle.EMPTY_ROOT));
    }

    /// A log of fifteen entries by another implementation: its signed checkpoints verify, and our writer makes
    /// their roots.
    @Test
    void aLogByAnotherImplementationIsReproduced() throws IOException {
        var key = NoteVerifier.parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
        var words =
                "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split(" ", -1);
        var entries = new ArrayList<byte[]>();
        for (var word : words) entries.add(word.getBytes(StandardCharsets.UTF_8));
        var three = Note.parse("""
                example.com/log/testdata
                3
                Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=

                \u2014 example.com/log/testdata M9e0lvAQRtH832pk2RTbeSeZMkp4FZSdJYFBUjO5SKxuRbywPUF3cx+HUrb50kjd3rUWW/fj53Wj1dwcwh9bGQnqVAg=
                """);
        var fifteen = Note.parse("""
                example.com/log/testdata
                15
                rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

                \u2014 example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=
                """);
        var tiles = tilesOf(entries);

        assertThat(key.verify(three)).isTrue();
        assertThat(key.verify(fifteen)).isTrue();
        assertThat(Checkpoint.parse(three.text()).root()).isEqualTo(naiveRoot(entries.subList(0, 3)));
        assertThat(Checkpoint.parse(fifteen.text()).root()).isEqualTo(Proofs.rootOf(tiles, 15));
        assertThat(tiles.read(new Tile(Tile.ENTRIES, 0, 15))).startsWith(0, 3, 'o', 'n', 'e', 0, 3, 't', 'w', 'o');
    }
}
