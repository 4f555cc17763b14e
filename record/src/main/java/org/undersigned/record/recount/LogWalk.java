package org.undersigned.record.recount;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.RunningRoot;
import org.undersigned.tlog.Tile;

/// Reads a log from its first leaf and recomputes each leaf hash, each hash tile and the root. It can stop at one
/// checkpoint and continue to a later one.
///
/// Virtual threads read bundles and their hash tiles ahead, all cores process the leaves, and the results are
/// passed on in the order of the log. At most [RecountThreads#ahead] bundles are in memory.
final class LogWalk {
    private static final int FULL = 256;
    private static final int HASH = 32;

    private final String log;
    private final SiteTiles tiles;
    private final RecountThreads threads;
    private final Findings.Finding finding;
    private final Progress progress;
    private final RunningRoot running = new RunningRoot();
    /// The right edge of the tree. For level L: the hashes of the tile that is being filled. [#complete] holds the
    /// number of full tiles of each level.
    private final List<List<Hash>> edge = new ArrayList<>();

    private final List<Long> complete = new ArrayList<>();

    /// @param log the log's name in findings: "box" or "register"
    /// @param finding receives the failures of the tree
    /// @param progress receives the progress after each bundle
    LogWalk(String log, SiteTiles tiles, RecountThreads threads, Findings.Finding finding, Progress progress) {
        this.progress = progress;
        this.log = log;
        this.tiles = tiles;
        this.threads = threads;
        this.finding = finding;
    }

    /// The expensive part of processing a leaf: runs on any thread, in any order.
    interface Work<T> {
        T verify(long index, byte[] leaf);
    }

    /// The rest: runs on the caller's thread, in the order of the log; [#size] is already index + 1.
    interface Sink<T> {
        void record(long index, T seen);
    }

    /// The leaves of one bundle and the matching hash tile, as the site serves them.
    ///
    /// @param said the hash tile's bytes; empty if the tile is missing or malformed
    /// @param failures the reasons why the tile is missing or malformed
    private record Stretch(Tile tile, List<byte[]> leaves, byte[] said, List<String> failures) {}

    private record Chunk<T>(List<Hash> hashes, List<T> seen, List<String> failures) {}

    long size() {
        return running.size();
    }

    Hash root() {
        return running.root();
    }

    /// Continues to `newSize`, the size of a signed checkpoint.
    ///
    /// @throws Findings.Broken if a bundle is missing or malformed: the position of the leaves after it is then
    ///     unknown
    /// @throws IOException if the site cannot be reached
    <T> void advance(long newSize, Work<T> work, Sink<T> sink) throws IOException, Findings.UnreadableLog {
        var ahead = new ArrayDeque<CompletableFuture<Chunk<T>>>();
        long next = size();
        try {
            while (size() < newSize) {
                while (next < newSize && ahead.size() < threads.maxBundlesAhead()) {
                    long from = next;
                    long tile = from / FULL;
                    next = Math.min(newSize, (tile + 1) * FULL);
                    int width = (int) (next - tile * FULL);
                    ahead.add(CompletableFuture.supplyAsync(() -> read(tile, width), threads.reading())
                            .thenApplyAsync(stretch -> look(from, stretch, work), threads.counting()));
                }
                take(await(ahead.remove()), sink);
                progress.reached(log, size(), newSize);
            }
        } finally {
            ahead.forEach(one -> one.cancel(false));
        }
    }

    /// Compares the hash tiles of the right edge. Call it after the last [#advance].
    void finish() throws IOException {
        for (int level = 1; level < edge.size(); level++) {
            List<Hash> hashes = edge.get(level);
            if (!hashes.isEmpty()) compare(new Tile(level, complete.get(level), hashes.size()), hashes);
        }
    }

    private Stretch read(long index, int width) {
        var leaves = readLeaves(new Tile(Tile.ENTRIES, index, width));
        var tile = new Tile(0, index, width);
        try {
            return new Stretch(tile, leaves, tiles.read(tile), List.of());
        } catch (NoSuchFileException e) {
            return new Stretch(tile, leaves, new byte[0], List.of(log + " " + tile.path() + " is not served"));
        } catch (IllegalArgumentException e) {
            return new Stretch(tile, leaves, new byte[0], List.of(log + " " + e.getMessage()));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private List<byte[]> readLeaves(Tile tile) {
        try {
            return tiles.entries(tile);
        } catch (NoSuchFileException e) {
            throw new Unreadable(log + " " + tile.path() + " is not served");
        } catch (IllegalArgumentException e) {
            throw new Unreadable(log + " " + tile.path() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /// Computes only: waiting for the site here would block a core.
    private <T> Chunk<T> look(long from, Stretch stretch, Work<T> work) {
        var hashes = new ArrayList<Hash>();
        var seen = new ArrayList<T>();
        var failures = new ArrayList<>(stretch.failures());
        var tile = stretch.tile();
        var leaves = stretch.leaves();
        byte[] said = stretch.said();
        long first = tile.index() * FULL;
        for (int i = (int) (from - first); i < leaves.size(); i++) {
            byte[] leaf = leaves.get(i);
            Hash hash = Merkle.leaf(leaf);
            if (said.length > 0 && !Arrays.equals(hash.bytes(), Arrays.copyOfRange(said, i * HASH, (i + 1) * HASH))) {
                failures.add(log + " leaf " + (first + i) + ": its hash differs from the hash in " + tile.path());
            }
            hashes.add(hash);
            seen.add(work.verify(first + i, leaf));
        }
        return new Chunk<>(hashes, seen, failures);
    }

    private <T> void take(Chunk<T> chunk, Sink<T> sink) throws IOException {
        chunk.failures().forEach(finding::fail);
        for (int i = 0; i < chunk.hashes().size(); i++) {
            long index = size();
            running.add(chunk.hashes().get(i));
            grow(0, chunk.hashes().get(i));
            sink.record(index, chunk.seen().get(i));
        }
    }

    /// Adds a hash to the right edge; a full tile becomes one hash of the level above.
    private void grow(int level, Hash hash) throws IOException {
        if (edge.size() == level) {
            edge.add(new ArrayList<>());
            complete.add(0L);
        }
        List<Hash> hashes = edge.get(level);
        hashes.add(hash);
        if (hashes.size() < FULL) return;
        if (level > 0) compare(new Tile(level, complete.get(level), FULL), hashes); // level 0 was compared leaf by leaf
        Hash root = Merkle.root(hashes);
        hashes.clear();
        complete.set(level, complete.get(level) + 1);
        grow(level + 1, root);
    }

    private void compare(Tile tile, List<Hash> hashes) throws IOException {
        try {
            byte[] said = tiles.read(tile);
            for (int i = 0; i < hashes.size(); i++) {
                if (!Arrays.equals(hashes.get(i).bytes(), Arrays.copyOfRange(said, i * HASH, (i + 1) * HASH))) {
                    finding.fail(log + " " + tile.path() + ": hash " + i + " does not match the leaves below it");
                }
            }
        } catch (NoSuchFileException e) {
            finding.fail(log + " " + tile.path() + " is not served");
        } catch (IllegalArgumentException e) {
            finding.fail(log + " " + e.getMessage());
        }
    }

    private <T> T await(CompletableFuture<T> future) throws IOException, Findings.UnreadableLog {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading the " + log);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Unreadable unreadable -> throw new Findings.UnreadableLog(finding, unreadable.getMessage());
                case IOException io -> throw new IOException(io.getMessage(), io);
                case CompletionException c
                when c.getCause() instanceof IOException io -> throw new IOException(io.getMessage(), io);
                case null, default -> throw new IllegalStateException("while reading the " + log, e);
            }
        }
    }

    /// Carries the error of a bundle's reader to [#await] on another thread.
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String words;

        Unreadable(String words) {
            super(words);
            this.words = words;
        }

        @Override
        public String getMessage() {
            return words;
        }
    }
}
