package org.undersigned.tlog;

import java.io.IOException;
import java.util.List;

/// Follows a log from a tree its owner trusts, and sees every entry that comes after: a log that shows others
/// another history cannot show this monitor both. For one thread.
///
/// Crash story: [#trusted] moves only when every new entry was taken. Its owner keeps it somewhere; after a crash,
/// or a sink that failed, the entries since then are handed out again.
public final class Monitor {
    private final LogClient client;
    private final TileStore own;
    private Tree trusted;

    /// What the newest checkpoint turned out to be.
    public sealed interface Sight {
        /// The log has not grown; perhaps it has more cosignatures.
        ///
        /// @param seen the newest checkpoint, of the trusted tree
        record Unchanged(Note seen) implements Sight {}

        /// The log has grown, and holds all it held.
        ///
        /// @param from leaves before
        /// @param seen the newest checkpoint, whose tree is trusted now
        record Grown(long from, Note seen) implements Sight {}

        /// An older state of the same log: a slow mirror, as a rule. Nothing changes.
        ///
        /// @param seen its checkpoint, of a prefix of the trusted tree
        record Behind(Note seen) implements Sight {}

        /// Two histories. Keep both notes and show them: signed, they are proof by themselves.
        ///
        /// @param trusted the tree its owner trusted
        /// @param seen a checkpoint, signed as the policy asks, that is not consistent with it
        record Forked(Tree trusted, Note seen) implements Sight {}

        /// An older state, or the end of another history: neither the monitor's own tiles nor those served are the
        /// trusted tree's, so nobody can tell here. Keep the note; whoever has the log's tiles can.
        ///
        /// @param trusted the tree its owner trusted
        /// @param seen a shorter tree's checkpoint, signed as the policy asks
        record Unjudged(Tree trusted, Note seen) implements Sight {}
    }

    /// A monitor; reads nothing yet.
    ///
    /// @param client of the log, through a server that need not be trusted
    /// @param trusted the tree to go on from; [Tree#EMPTY] to see every entry there is
    /// @param own where the monitor keeps the hashes it has proven, 32 bytes an entry: with them it can judge an
    ///     older tree whatever the server still has; best kept as long as the trusted tree is
    public Monitor(LogClient client, Tree trusted, TileStore own) {
        this.client = client;
        this.trusted = trusted;
        this.own = own;
    }

    /// The newest tree all entries of which were taken.
    ///
    /// @return it, to be kept by the owner
    public Tree trusted() {
        return trusted;
    }

    /// Reads the newest checkpoint, checks its signatures, proves from the tiles that it continues the trusted
    /// tree, and hands the new entries to `sink`, each checked against its leaf.
    ///
    /// @param sink takes what is new
    /// @return what the newest checkpoint is to the trusted tree
    /// @throws UnprovenException the checkpoint is not signed as the policy asks, or what was served does not make
    ///     its root; the trusted tree stays
    /// @throws IOException something cannot be read or kept, or `sink` failed; the trusted tree stays
    public Sight next(EntrySink sink) throws IOException {
        var note = client.newest();
        var seen = Checkpoint.parse(note.text()).tree();
        if (seen.size() == trusted.size()) {
            return seen.equals(trusted) ? new Sight.Unchanged(note) : new Sight.Forked(trusted, note);
        }
        if (seen.size() < trusted.size()) return older(note, seen);
        var view = client.at(note);
        if (!view.rootAt(trusted.size()).equals(trusted.root())) return new Sight.Forked(trusted, note);
        var from = trusted.size();
        for (var tile : Tile.covering(from, seen.size())) {
            if (tile.level() == Tile.ENTRIES) {
                var first = tile.index() * Tile.FULL;
                view.entries(Math.max(from, first), first + tile.width(), sink);
                keep(view, Tile.in(seen.size(), 0, tile.index())); // now, while it is at hand
            } else if (tile.level() > 0) {
                keep(view, tile);
            }
        }
        trusted = seen;
        return new Sight.Grown(from, note);
    }

    private void keep(LogView view, Tile tile) throws IOException {
        own.write(tile, view.hashes(tile));
    }

    private Sight older(Note note, Tree seen) {
        for (var source : List.of(own, client.tiles())) {
            try {
                var tiles = VerifiedTiles.of(source, trusted);
                var root = Proofs.rootWithin(tiles::hashes, trusted.size(), seen.size());
                return root.equals(seen.root()) ? new Sight.Behind(note) : new Sight.Forked(trusted, note);
            } catch (IOException e) {
                // this source has not the tiles of the trusted tree, or other ones
            }
        }
        return new Sight.Unjudged(trusted, note);
    }
}
