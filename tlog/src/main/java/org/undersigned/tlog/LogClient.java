package org.undersigned.tlog;

import java.io.IOException;

/// Reads entries of a log and verifies all of them: checks the checkpoint's signatures against the [LogPolicy] and
/// every tile against the checkpoint's root. Neither the log nor the server is trusted. Thread-safe if its sources
/// are.
///
/// ```java
/// var log = new LogClient(LogPolicy.of(key), site, site);
/// var entry = log.latest().entry(42);
/// ```
public final class LogClient {
    private final LogPolicy policy;
    private final CheckpointSource checkpoints;
    private final TileSource tiles;

    /// Creates a reader; reads nothing yet.
    ///
    /// @param policy the signatures to require
    /// @param checkpoints source of the newest checkpoint, not trusted
    /// @param tiles source of the tiles, not trusted
    public LogClient(LogPolicy policy, CheckpointSource checkpoints, TileSource tiles) {
        this.policy = policy;
        this.checkpoints = checkpoints;
        this.tiles = tiles;
    }

    /// Reads the tree of the newest checkpoint. Does not check that this tree continues an older one; [Monitor]
    /// checks that.
    ///
    /// @return a view of that tree
    /// @throws UnprovenException if the policy rejects the checkpoint's signatures, or the tiles do not produce its
    ///     root
    /// @throws IOException if the checkpoint or a tile cannot be read
    public LogView latest() throws IOException {
        return at(checkpoints.checkpoint());
    }

    /// Reads the tree of a checkpoint that the caller has.
    ///
    /// @param checkpoint a signed note
    /// @return a view of that tree
    /// @throws UnprovenException as for [#latest]
    /// @throws IOException if a tile cannot be read
    public LogView at(Note checkpoint) throws IOException {
        return new LogView(checkpoint, policy.check(checkpoint), tiles);
    }

    /// Reads the newest checkpoint and checks its signatures; reads no tiles.
    Note newest() throws IOException {
        var note = checkpoints.checkpoint();
        policy.check(note);
        return note;
    }

    /// The source of tiles, not verified.
    TileSource tiles() {
        return tiles;
    }
}
