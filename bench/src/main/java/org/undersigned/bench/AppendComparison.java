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

/// The cost of an append to a log of a thousand, a million and ten million leaves, compared with SHA-256 of the
/// same bytes: each leaf once and each interior node once. Each log is reopened before it grows by a batch, so that
/// it is measured at its size; opening is not measured. Also measures the memory of a process that appends to each
/// log.
final class AppendComparison {
    private static final List<Long> SIZES = List.of(1_000L, 1_000_000L, 10_000_000L);
    private static final int BATCH = 1_000;
    private static final int BATCHES = 100;
    private static final int ONE_BY_ONE = 100;
    private static final int ROUNDS = 8;
    private static final List<String> SMALL_HEAP = List.of("-XX:+UseSerialGC", "-Xmx64m");

    private AppendComparison() {}

    static List<BenchRow> run() throws IOException, InterruptedException {
        var leaves = leaves(BATCH);
        var batches = new HashMap<Long, Double>();
        var singles = new HashMap<Long, Double>();
        var raw = 0.0;
        for (var round = 0; round < ROUNDS; round++) {
            raw = Math.max(raw, hashing(leaves));
            for (var size : SIZES) {
                batches.merge(size, appending(leaves, size), Math::max);
                singles.merge(size, appendingOneByOne(leaves, size), Math::max);
            }
        }
        var rows = new ArrayList<BenchRow>();
        for (var size : SIZES) {
            var what = String.format(Locale.ROOT, "append a leaf to %,d, in batches of %,d", size, BATCH);
            rows.add(new BenchRow(what, rate(batches, size), "SHA-256 of the same bytes", raw, null));
        }
        for (var size : SIZES) {
            var what = String.format(Locale.ROOT, "append a leaf to %,d, one by one", size);
            rows.add(new BenchRow(what, rate(singles, size), "SHA-256 of the same bytes", raw, null));
        }
        rows.add(new BenchRow(
                "append, the slowest of these sizes", least(batches), "append, the fastest", most(batches), 0.8));
        var memory = new HashMap<Long, Double>();
        for (var size : SIZES) memory.put(size, mebibytes(size));
        rows.add(new BenchRow(
                "append, peak MiB at the best size",
                least(memory),
                "append, peak MiB at the worst size",
                most(memory),
                0.8));
        return rows;
    }

    /// The child process whose memory is measured: appends to a log with the number of leaves in its argument.
    public static void main(String[] arguments) throws IOException {
        var leaves = leaves(BATCH);
        for (var round = 0; round < ROUNDS; round++) appending(leaves, Long.parseLong(arguments[0]));
        System.out.println(Memory.peakKib());
    }

    private static double mebibytes(long size) throws IOException, InterruptedException {
        return Double.parseDouble(ChildJvm.run(SMALL_HEAP, AppendComparison.class, Long.toString(size))[0]) / 1024;
    }

    private static double rate(Map<Long, Double> best, long size) {
        return best.getOrDefault(size, 0.0);
    }

    private static double least(Map<Long, Double> best) {
        return best.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    private static double most(Map<Long, Double> best) {
        return best.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private static List<byte[]> leaves(int count) {
        var random = new Random(1);
        var leaves = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) {
            var leaf = new byte[Entry.SIZE];
            random.nextBytes(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    private static double appending(List<byte[]> leaves, long size) throws IOException {
        var nanos = 0L;
        for (var i = 0; i < BATCHES; i++) {
            var writer = opened(size);
            var start = System.nanoTime();
            writer.append(leaves);
            nanos += System.nanoTime() - start;
        }
        return BATCHES * leaves.size() * 1e9 / nanos;
    }

    private static double appendingOneByOne(List<byte[]> leaves, long size) throws IOException {
        var nanos = 0L;
        for (var i = 0; i < BATCHES; i++) {
            var writer = opened(size);
            var start = System.nanoTime();
            for (var leaf : leaves.subList(0, ONE_BY_ONE)) writer.append(List.of(leaf));
            nanos += System.nanoTime() - start;
        }
        return BATCHES * ONE_BY_ONE * 1e9 / nanos;
    }

    /// Returns a writer that has already read its right edge.
    private static LogWriter opened(long size) throws IOException {
        var edge = new RightEdgeTiles();
        var writer = LogWriter.open(edge, edge.tree(size));
        writer.append(List.of());
        return writer;
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
}
