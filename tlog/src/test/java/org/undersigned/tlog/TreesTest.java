package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Compares the writer with a naive implementation of RFC 6962 §2.1, and with a log by another implementation.
final class TreesTest {
    private static List<byte[]> leaves(int count) {
        var leaves = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) leaves.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
        return leaves;
    }

    /// MTH of RFC 6962 §2.1, literally.
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
        LogWriter.open(tiles, Tree.EMPTY).append(leaves);
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
        var tree = Tree.EMPTY;
        for (var size = 0; size < all.size(); ) {
            var batch = all.subList(size, Math.min(all.size(), size + 1 + random.nextInt(9_000)));
            reads[0] = 0;
            tree = LogWriter.open(counting, tree).append(batch);
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
        assertThat(LogWriter.open(new MemoryTiles(), Tree.EMPTY).append(List.of()))
                .isEqualTo(Tree.EMPTY);
    }

    /// One line of the published log.
    private record Published(int size, String root, String signature, byte[] entry, String leafHash) {
        static Published read(String line) {
            var fields = line.split(" ", -1);
            return fields.length == 3
                    ? new Published(0, fields[1], fields[2], new byte[0], "")
                    : new Published(
                            Integer.parseInt(fields[0]),
                            fields[1],
                            fields[2],
                            fields[3].getBytes(StandardCharsets.UTF_8),
                            fields[4]);
        }

        static List<Published> all() throws IOException {
            try (var in = Objects.requireNonNull(TreesTest.class.getResourceAsStream("/tlog-tiles-testdata.txt"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(Published::read)
                        .toList();
            }
        }

        Note note() {
            return Note.parse("example.com/log/testdata\n" + size + "\n" + root + "\n\n\u2014 example.com/log/testdata "
                    + signature + "\n");
        }
    }

    /// A log by another implementation, at each of its sizes: its signed checkpoint verifies, and our writer
    /// produces the same root, hash tile and bundle byte for byte, both leaf by leaf and in one append.
    @Test
    void aLogByAnotherImplementationIsReproducedInEverySize() throws IOException {
        var key = NoteVerifier.parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
        var published = Published.all();
        assertThat(published)
                .extracting(Published::size)
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 15).boxed().toList());
        var grown = new MemoryTiles();
        var writer = LogWriter.open(grown, Tree.EMPTY);
        var entries = new ArrayList<byte[]>();
        var bundle = new ByteArrayOutputStream();
        var hashes = new StringBuilder();
        for (var one : published) {
            if (one.size() > 0) {
                entries.add(one.entry());
                hashes.append(one.leafHash());
                bundle.write(0);
                bundle.write(one.entry().length);
                bundle.writeBytes(one.entry());
            }
            var tree = writer.append(one.size() == 0 ? List.of() : List.of(one.entry()));

            assertThat(key.verify(one.note())).as("size %s", one.size()).isTrue();
            assertThat(Checkpoint.parse(one.note().text()).tree()).isEqualTo(tree);
            assertThat(new LogClient(LogPolicy.of(key), one::note, grown)
                            .latest()
                            .size())
                    .isEqualTo(one.size());
            if (one.size() == 0) continue;
            for (var tiles : List.of(grown, tilesOf(entries))) {
                assertThat(tiles.read(new Tile(0, 0, one.size())))
                        .isEqualTo(HexFormat.of().parseHex(hashes));
                assertThat(tiles.read(new Tile(Tile.ENTRIES, 0, one.size()))).isEqualTo(bundle.toByteArray());
            }
        }
    }
}
