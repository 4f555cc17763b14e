package org.undersigned.bench;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.undersigned.record.Entry;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileStore;

/// What an append costs in a log of a thousand, a million and ten million leaves, beside SHA-256 of the same bytes:
/// each leaf once and each interior node once.
final class AppendComparison {
    private static final List<Long> SIZES = List.of(1_000L, 1_000_000L, 10_000_000L);
    private static final int BATCH = 1_000;
    private static final int BATCHES = 100;
    private static final int ROUNDS = 8;

    private AppendComparison() {}

    static List<Row> run() throws IOException {
        var leaves = leaves();
        var best = new HashMap<Long, Double>();
        var raw = 0.0;
        for (var round = 0; round < ROUNDS; round++) {
            raw = Math.max(raw, hashing(leaves));
            for (var size : SIZES) best.merge(size, appending(leaves, size), Math::max);
        }
        var rows = new ArrayList<Row>();
        for (var size : SIZES) {
            var what = String.format(Locale.ROOT, "append a leaf to %,d", size);
            rows.add(new Row(what, rate(best, size), "SHA-256 of the same bytes", raw, null));
        }
        var slowest =
                best.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        var fastest =
                best.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        rows.add(new Row("append, the slowest of these sizes", slowest, "append, the fastest", fastest, 0.8));
        return rows;
    }

    private static double rate(Map<Long, Double> best, long size) {
        return best.getOrDefault(size, 0.0);
    }

    private static List<byte[]> leaves() {
        var random = new Random(1);
        var leaves = new ArrayList<byte[]>();
        for (var i = 0; i < BATCH; i++) {
            var leaf = new byte[Entry.SIZE];
            random.nextBytes(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    private static double appending(List<byte[]> leaves, long size) throws IOException {
        var writer = LogWriter.open(new RightEdge(), size);
        var start = System.nanoTime();
        for (var i = 0; i < BATCHES; i++) writer.append(leaves);
        return BATCHES * BATCH / seconds(start);
    }

    private static double hashing(List<byte[]> leaves) {
        var digest = sha256();
        var prefixed = new byte[1 + Entry.SIZE];
        var node = new byte[1 + 2 * Hash.SIZE];
        var start = System.nanoTime();
        for (var i = 0; i < BATCHES; i++) {
            for (var leaf : leaves) {
                System.arraycopy(leaf, 0, prefixed, 1, leaf.length);
                var hash = digest.digest(prefixed);
                System.arraycopy(hash, 0, node, 1, hash.length);
                digest.digest(node);
            }
        }
        return BATCHES * BATCH / seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A log of which only the right edge exists, which is all a writer reads: as if all leaves so far were zeros that
    /// hash to zeros. Memory stays flat however long it gets.
    private static final class RightEdge implements TileStore {
        private final Map<Integer, Map<Long, byte[]>> written = new HashMap<>();

        @Override
        public byte[] read(Tile tile) {
            var data = written.getOrDefault(tile.level(), Map.of()).get(tile.index());
            if (tile.level() == Tile.ENTRIES) {
                return data == null ? new byte[2 * tile.width()] : data;
            }
            return java.util.Arrays.copyOf(data == null ? new byte[0] : data, tile.width() * Hash.SIZE);
        }

        @Override
        public void write(Tile tile, byte[] data) {
            var level = written.computeIfAbsent(tile.level(), _ -> new HashMap<>());
            level.keySet().removeIf(index -> index < tile.index() - 1);
            level.put(tile.index(), data);
        }
    }
}
