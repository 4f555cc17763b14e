package org.undersigned.tlog;

import java.io.IOException;
import java.util.List;

/// Follows a log from a tree that the caller trusts and processes every later entry. A log that shows other readers
/// another history cannot show both histories to this monitor. Not thread-safe.
///
/// Crash story: [#trusted] advances only after `sink` has processed every new entry. The caller stores it. After a
/// crash, or if the sink failed, the monitor passes the entries since then to the sink again.
public final class Monitor {
    private final LogClient client;
    private final TileStore own;
    private Tree trusted;

    /// The newest checkpoint compared with the trusted tree.
    public sealed interface Observation {
        /// The log has not grown; the checkpoint may have more cosignatures.
        ///
        /// @param seen the newest checkpoint, of the trusted tree
        record Unchanged(Note seen) implements Observation {}

        /// The log has grown and still contains all earlier entries.
        ///
        /// @param from number of leaves before
        /// @param seen the newest checkpoint; its tree is the trusted one now
        record Grown(long from, Note seen) implements Observation {}

        /// An older state of the same log, usually from a slow mirror. The trusted tree does not change.
        ///
        /// @param seen its checkpoint; its tree is a prefix of the trusted tree
        record Behind(Note seen) implements Observation {}

        /// The log has two histories. Store and publish both notes: their signatures make them proof by
        /// themselves.
        ///
        /// @param trusted the tree that the caller trusted
        /// @param seen a checkpoint, accepted by the policy, that is not consistent with the trusted tree
        record Forked(Tree trusted, Note seen) implements Observation {}

        /// Either an older state or a second history. Neither the monitor's own tiles nor the served tiles
        /// match the trusted tree, so the monitor cannot decide. Store the note; a reader who has the log's
        /// tiles can decide.
        ///
        /// @param trusted the tree that the caller trusted
        /// @param seen a shorter tree's checkpoint, accepted by the policy
        record Unjudged(Tree trusted, Note seen) implements Observation {}
    }

    /// Creates a monitor; reads nothing yet.
    ///
    /// @param client reads the log; its server is not trusted
    /// @param trusted the tree to continue from; [Tree#EMPTY] to process every entry
    /// @param own stores the hashes that the monitor has proven, 32 bytes per entry. With them the monitor can
    ///     check an older tree even if the server no longer has its tiles. Store them as long as the trusted tree
    public Monitor(LogClient client, Tree trusted, TileStore own) {
        this.client = client;
        this.trusted = trusted;
        this.own = own;
    }

    /// The newest tree whose entries `sink` has all processed.
    ///
    /// @return the tree, for the caller to store
    public Tree trusted() {
        return trusted;
    }

    /// Reads the newest checkpoint, checks its signatures, proves from the tiles that it continues the trusted
    /// tree, and passes the new entries to `sink`, each checked against its leaf.
    ///
    /// @param sink processes the new entries
    /// @return how the newest checkpoint relates to the trusted tree
    /// @throws UnprovenException if the policy rejects the checkpoint, or the served tiles do not produce its root;
    ///     the trusted tree does not change
    /// @throws IOException if reading or storing failed, or `sink` failed; the trusted tree does not change
    public Observation next(EntrySink sink) throws IOException {
        var note = client.newest();
        var seen = Checkpoint.parse(note.text()).tree();
        if (seen.size() == trusted.size()) {
            return seen.equals(trusted) ? new Observation.Unchanged(note) : new Observation.Forked(trusted, note);
        }
        if (seen.size() < trusted.size()) return older(note, seen);
        var view = client.at(note);
        if (!view.rootAt(trusted.size()).equals(trusted.root())) return new Observation.Forked(trusted, note);
        var from = trusted.size();
        for (var tile : Tile.covering(from, seen.size())) {
            if (tile.level() == Tile.ENTRIES) {
                var first = tile.index() * Tile.FULL;
                view.entries(Math.max(from, first), first + tile.width(), sink);
                keep(view, Tile.in(seen.size(), 0, tile.index())); // now, while the tile is still in memory
            } else if (tile.level() > 0) {
                keep(view, tile);
            }
        }
        trusted = seen;
        return new Observation.Grown(from, note);
    }

    private void keep(LogView view, Tile tile) throws IOException {
        own.write(tile, view.hashes(tile));
    }

    private Observation older(Note note, Tree seen) {
        for (var source : List.of(own, client.tiles())) {
            try {
                var tiles = VerifiedTiles.of(source, trusted);
                var root = Proofs.rootWithin(tiles::hashes, trusted.size(), seen.size());
                return root.equals(seen.root()) ? new Observation.Behind(note) : new Observation.Forked(trusted, note);
            } catch (IOException e) {
                // this source does not have the tiles of the trusted tree, or has different ones
            }
        }
        return new Observation.Unjudged(trusted, note);
    }
}
