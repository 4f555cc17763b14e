package org.undersigned.tlog;

import java.io.IOException;

/// Reads a log that need not be trusted, through a server that need not be either: what comes out is signed as the
/// [LogPolicy] asks and proven from there. Safe on any thread if its sources are.
///
/// ```java
/// var log = new LogClient(LogPolicy.of(key), site, site);
/// var entry = log.latest().entry(42);
/// ```
public final class LogClient {
    private final LogPolicy policy;
    private final CheckpointSource checkpoints;
    private final TileSource tiles;

    /// A reader; reads nothing yet.
    ///
    /// @param policy whose signatures are taken
    /// @param checkpoints where the newest checkpoint is
    /// @param tiles where the tiles are; both are believed in nothing
    public LogClient(LogPolicy policy, CheckpointSource checkpoints, TileSource tiles) {
        this.policy = policy;
        this.checkpoints = checkpoints;
        this.tiles = tiles;
    }

    /// The tree of the newest checkpoint there is. That it holds all that older checkpoints held is not looked at
    /// here; [Monitor] does that.
    ///
    /// @return what can be read of that tree
    /// @throws UnprovenException the checkpoint is not signed as the policy asks, or the tiles do not make its root
    /// @throws IOException the checkpoint or a tile cannot be read
    public LogView latest() throws IOException {
        return at(checkpoints.checkpoint());
    }

    /// The tree of a checkpoint the caller has.
    ///
    /// @param checkpoint a signed note
    /// @return what can be read of that tree
    /// @throws UnprovenException as for [#latest]
    /// @throws IOException a tile cannot be read
    public LogView at(Note checkpoint) throws IOException {
        return new LogView(checkpoint, policy.check(checkpoint), tiles);
    }

    /// Reads and checks the newest checkpoint's signatures, no tile.
    Note newest() throws IOException {
        var note = checkpoints.checkpoint();
        policy.check(note);
        return note;
    }

    /// What is served, unproven.
    TileSource tiles() {
        return tiles;
    }
}
