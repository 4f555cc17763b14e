package org.undersigned.tlog;

import java.io.IOException;

/// Follows a log from a tree its owner trusts, and sees every entry that comes after: a log that shows others another
/// history cannot show this monitor both. For one thread.
///
/// Crash story: [#trusted] moves only when every new entry was taken. Its owner keeps it somewhere; after a crash, or
/// a sink that failed, the entries since then are handed out again.
public final class Monitor {
    private final LogClient client;
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
    }

    /// A monitor; reads nothing yet.
    ///
    /// @param trusted the tree to go on from; [#EMPTY] to see every entry there is
    public Monitor(LogClient client, Tree trusted) {
        this.client = client;
        this.trusted = trusted;
    }

    /// The tree of no leaves, where every log begins.
    public static final Tree EMPTY = new Tree(0, Merkle.EMPTY_ROOT);

    /// The newest tree all entries of which were taken.
    public Tree trusted() {
        return trusted;
    }

    /// Reads the newest checkpoint, checks its signatures, proves from the tiles that it continues the trusted tree,
    /// and hands the new entries to `sink`, each checked against its leaf.
    ///
    /// @throws UnprovenException the checkpoint is not signed as the policy asks, or what was served does not make
    ///     its root; the trusted tree stays
    /// @throws IOException something cannot be read, or `sink` failed; the trusted tree stays
    public Sight next(EntrySink sink) throws IOException {
        var note = client.newest();
        var checkpoint = Checkpoint.parse(note.text());
        var seen = new Tree(checkpoint.size(), checkpoint.root());
        if (seen.size() == trusted.size()) {
            return seen.equals(trusted) ? new Sight.Unchanged(note) : new Sight.Forked(trusted, note);
        }
        if (seen.size() < trusted.size()) {
            var tiles = client.tilesOf(trusted);
            var root = Proofs.rootWithin(tiles::hashes, trusted.size(), seen.size());
            return root.equals(seen.root()) ? new Sight.Behind(note) : new Sight.Forked(trusted, note);
        }
        var view = client.at(note);
        if (!view.rootAt(trusted.size()).equals(trusted.root())) return new Sight.Forked(trusted, note);
        var from = trusted.size();
        view.entries(from, seen.size(), sink);
        trusted = seen;
        return new Sight.Grown(from, note);
    }
}
