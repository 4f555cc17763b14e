package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogWriterTest {
    private static final byte[] LEAF = {1};

    private final List<Tile> reads = new ArrayList<>();
    private final List<Tile> writes = new ArrayList<>();
    private final MemoryTiles tiles = new MemoryTiles();
    private int failAfter = Integer.MAX_VALUE;

    private final TileStore store = new TileStore() {
        @Override
        public byte[] read(Tile tile) throws IOException {
            reads.add(tile);
            return tiles.read(tile);
        }

        @Override
        public void write(Tile tile, byte[] data) throws IOException {
            if (failAfter-- <= 0) throw new IOException("the disk is full");
            writes.add(tile);
            tiles.write(tile, data);
        }
    };

    @Test
    void anAppendToALargeTreeTouchesOnlyItsRightEdge() throws IOException {
        var tree = LogWriter.open(tiles, Tree.EMPTY).append(java.util.Collections.nCopies(70_000, LEAF));
        var writer = LogWriter.open(store, tree);

        writer.append(List.of(LEAF));

        assertThat(reads)
                .extracting(Tile::path)
                .containsExactlyInAnyOrder(
                        "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112");
        assertThat(writes)
                .extracting(Tile::path)
                .containsExactlyInAnyOrder("tile/0/273.p/113", "tile/entries/273.p/113");
        reads.clear();
        writer.append(List.of(LEAF));
        assertThat(reads).isEmpty();
    }

    /// c2sp.org/tlog-tiles, "Partial Tiles": the example of 70,000 leaves, and of 256.
    @Test
    void theTilesAreThoseOfTheSpecificationsExample() throws IOException {
        LogWriter.open(store, Tree.EMPTY).append(java.util.Collections.nCopies(70_000, LEAF));

        assertThat(writes)
                .filteredOn(tile -> tile.level() == 0 && tile.width() == 256)
                .hasSize(273);
        assertThat(writes)
                .filteredOn(tile -> tile.level() == 1 && tile.width() == 256)
                .hasSize(1);
        assertThat(writes)
                .filteredOn(tile -> tile.level() >= 0 && tile.width() < 256)
                .containsExactlyInAnyOrder(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1));
        writes.clear();
        LogWriter.open(store, Tree.EMPTY).append(java.util.Collections.nCopies(256, LEAF));
        assertThat(writes)
                .containsExactlyInAnyOrder(new Tile(0, 0, 256), new Tile(1, 0, 1), new Tile(Tile.ENTRIES, 0, 256));
    }

    @Test
    void anAppendThatFailsAnywhereCanBeTriedAgain() throws IOException {
        var log = new GrowingLog();
        var writer = LogWriter.open(store, Tree.EMPTY);
        var size = 0;
        for (var failing = 0; failing < 8; failing++) {
            var batch = new ArrayList<byte[]>();
            for (var i = 0; i < 300; i++) batch.add(log.leaf(size + i));
            failAfter = failing;
            try {
                writer.append(batch);
            } catch (IOException e) {
                failAfter = Integer.MAX_VALUE;
                writer.append(batch);
            }
            failAfter = Integer.MAX_VALUE;
            log.grow(300);
            size += 300;
        }

        assertThat(writer.append(List.of())).isEqualTo(log.tree());
        assertThat(LogWriter.open(tiles, log.tree()).append(List.of())).isEqualTo(log.tree());
    }

    @Test
    void aLeafThatIsTooLongIsRefusedBeforeAnythingIsWritten() {
        var leaves = List.of(LEAF, new byte[EntryBundle.MAX_ENTRY + 1]);

        assertThatThrownBy(() -> LogWriter.open(store, Tree.EMPTY).append(leaves))
                .hasMessageContaining("65,535");
        assertThat(writes).isEmpty();
    }

    @Test
    void aBrokenEdgeIsNotBuiltOn() throws IOException {
        var two = LogWriter.open(tiles, Tree.EMPTY).append(List.of(LEAF, LEAF));
        tiles.write(new Tile(0, 0, 2), new byte[63]);
        assertThatThrownBy(() -> LogWriter.open(tiles, two).append(List.of(LEAF)))
                .hasMessageContaining("63 bytes");

        LogWriter.open(tiles, Tree.EMPTY).append(List.of(LEAF, LEAF));
        tiles.write(new Tile(Tile.ENTRIES, 0, 2), new byte[] {0, 1});
        assertThatThrownBy(() -> LogWriter.open(tiles, two).append(List.of(LEAF)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the stored bundle is broken");
    }

    @Test
    void aBitFlippedAnywhereInTheEdgeIsNotBuiltOn() throws IOException {
        var tree = LogWriter.open(tiles, Tree.EMPTY).append(java.util.Collections.nCopies(70_000, LEAF));
        for (var tile : List.of(
                new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1), new Tile(Tile.ENTRIES, 273, 112))) {
            var good = tiles.read(tile);
            for (var at : new int[] {2, good.length / 2 | 2, good.length - 1}) {
                var bad = good.clone();
                bad[at] ^= 1;
                tiles.write(tile, bad);
                assertThatThrownBy(() -> LogWriter.open(store, tree).append(List.of(LEAF)))
                        .as("byte %s of %s", at, tile.path())
                        .isInstanceOf(IOException.class);
            }
            tiles.write(tile, good);
        }
        assertThat(writes).isEmpty();
        assertThat(LogWriter.open(store, tree).append(List.of(LEAF)).size()).isEqualTo(70_001);
    }

    @Test
    void anotherTreeThanTheStoredOneIsNotBuiltOn() throws IOException {
        LogWriter.open(tiles, Tree.EMPTY).append(List.of(LEAF, LEAF));
        var other = new Tree(2, Merkle.leaf(LEAF));

        assertThatThrownBy(() -> LogWriter.open(store, other).append(List.of(LEAF)))
                .isInstanceOf(IOException.class)
                .hasMessage("the stored tiles do not match the root of the tree of 2 leaves");
        assertThat(writes).isEmpty();
    }

    @Test
    void aTreeHasASizeItCanBeWrittenWith() {
        var root = Merkle.leaf(LEAF);
        assertThatThrownBy(() -> new Tree(-1, root)).hasMessage("a size must not be negative");
        assertThatThrownBy(() -> new Tree(1_000_000_000_000_000_000L, root))
                .hasMessage("a size must have at most 18 digits");
        assertThatThrownBy(() -> new Tree(0, root)).hasMessage("the root of an empty tree must be SHA-256 of no bytes");
        assertThat(new Tree(999_999_999_999_999_999L, root).root()).isEqualTo(root);
    }
}
