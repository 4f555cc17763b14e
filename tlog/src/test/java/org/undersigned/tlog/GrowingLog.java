package org.undersigned.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A log in memory that signs what it appends and counts the reads.
public final class GrowingLog implements TileSource, CheckpointSource {
    public static final String ORIGIN = "example.org/log";

    public final NoteSigner signer = NoteSigner.ed25519(ORIGIN, new byte[32]);
    public final MemoryTiles tiles = new MemoryTiles();
    public final AtomicInteger reads = new AtomicInteger();
    private final LogWriter writer = LogWriter.open(tiles, Tree.EMPTY);
    private final String salt;
    private Tree tree = Tree.EMPTY;

    public GrowingLog() {
        this("");
    }

    /// @param salt of the leaves: two logs with different salts have different histories
    public GrowingLog(String salt) {
        this.salt = salt;
    }

    public static byte[] leaf(String salt, long index) {
        return (salt + "leaf " + index).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] leaf(long index) {
        return leaf(salt, index);
    }

    public Note grow(int leaves) {
        var batch = new ArrayList<byte[]>();
        for (var i = 0; i < leaves; i++) batch.add(leaf(tree.size() + i));
        try {
            tree = writer.append(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checkpoint();
    }

    public Tree tree() {
        return tree;
    }

    public LogPolicy policy() {
        return LogPolicy.of(signer.verifier());
    }

    public LogClient client() {
        return new LogClient(policy(), this, this);
    }

    public Note sign(Tree tree) {
        return signer.sign(new Checkpoint(ORIGIN, tree.size(), tree.root(), List.of()).text());
    }

    @Override
    public Note checkpoint() {
        return sign(tree);
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        reads.incrementAndGet();
        return tiles.read(tile);
    }
}
