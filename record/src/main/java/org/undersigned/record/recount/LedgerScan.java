package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.UnknownLeaf;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.NoteVerifier;

/// The ledger's facts about one box, and all tallies, collected in one pass over all leaves of the ledger.
final class LedgerScan {
    private final BoxId box;
    private final NoteVerifier boxKey;
    private final Findings.Finding leavesFinding;
    private final Findings.Finding registeredFinding;

    private final List<Registered> registered = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final List<CardFact> cards = new ArrayList<>();
    private final LeafKinds kinds = new LeafKinds();
    private @Nullable Closed closed;

    /// A checkpoint of the box that is registered in the ledger's leaf `leaf`.
    record Registered(long leaf, long size, Hash root) {}

    /// A tally and the index of its ledger leaf.
    record Tally(long leaf, LedgerLeaf.RollTally says) {}

    /// A batch of cards made or cancelled ([LedgerLeaf.CardsMade], [LedgerLeaf.CardsCancelled]), and its ledger leaf.
    record CardFact(long leaf, LedgerLeaf says) {}

    /// The closing of the box and the index of its ledger leaf.
    record Closed(long leaf, long size, List<String> keysDestroyed) {}

    /// A parsed leaf: either `leaf` or `trouble` is null. `head` is set for valid checkpoints of this box.
    record Seen(
            @Nullable LedgerLeaf leaf,
            @Nullable Checkpoint head,
            @Nullable String trouble) {}

    LedgerScan(BoxId box, NoteVerifier boxKey, Findings.Finding leavesFinding, Findings.Finding registeredFinding) {
        this.box = box;
        this.boxKey = boxKey;
        this.leavesFinding = leavesFinding;
        this.registeredFinding = registeredFinding;
    }

    /// Parses a leaf and verifies the signature of this box's checkpoints. Thread-safe.
    Seen verify(long index, byte[] bytes) {
        LedgerLeaf leaf;
        try {
            leaf = LedgerLeaf.parse(bytes);
        } catch (IllegalArgumentException e) {
            return new Seen(null, null, "ledger leaf " + index + ": " + e.getMessage());
        }
        String note =
                switch (leaf) {
                    case LedgerLeaf.BoxCheckpoint checkpoint
                    when checkpoint.box().equals(box) -> checkpoint.note();
                    case LedgerLeaf.BoxClosed closing when closing.box().equals(box) -> closing.note();
                    default -> null;
                };
        if (note == null) return new Seen(leaf, null, null);
        try {
            return new Seen(leaf, SignedHead.read(note, boxKey), null);
        } catch (IllegalArgumentException e) {
            return new Seen(leaf, null, "ledger leaf " + index + ": checkpoint of the box: " + e.getMessage());
        }
    }

    void record(long index, Seen seen) {
        LedgerLeaf leaf = seen.leaf();
        if (leaf == null) {
            leavesFinding.fail(String.valueOf(seen.trouble()));
            return;
        }
        kinds.add(
                switch (leaf) {
                    case LedgerLeaf.BoxCheckpoint _ -> "box.checkpoint";
                    case LedgerLeaf.BoxClosed _ -> "box.closed";
                    case LedgerLeaf.RollTally _ -> "roll.tally";
                    case LedgerLeaf.CardsMade _ -> "cards.made";
                    case LedgerLeaf.CardsCancelled _ -> "cards.cancelled";
                    case UnknownLeaf other -> LeafKinds.UNKNOWN + other.type();
                });
        switch (leaf) {
            case LedgerLeaf.BoxCheckpoint checkpoint -> {
                if (checkpoint.box().equals(box)) registered(index, seen);
            }
            case LedgerLeaf.BoxClosed closing -> {
                if (closing.box().equals(box)) closed(index, closing, seen);
            }
            case LedgerLeaf.RollTally tally -> tallies.add(new Tally(index, tally));
            case LedgerLeaf.CardsMade _, LedgerLeaf.CardsCancelled _ -> cards.add(new CardFact(index, leaf));
            case UnknownLeaf _ -> {}
        }
    }

    private void registered(long index, Seen seen) {
        Checkpoint head = seen.head();
        if (head == null) {
            registeredFinding.fail(String.valueOf(seen.trouble()));
            return;
        }
        String where = "ledger leaf " + index + ": checkpoint of the box";
        if (closed != null) registeredFinding.fail(where + " after it closed at leaf " + closed.leaf());
        if (!registered.isEmpty() && head.size() < registered.getLast().size()) {
            registeredFinding.fail(where + " has " + head.size() + " leaves, fewer than the "
                    + registered.getLast().size() + " of leaf "
                    + registered.getLast().leaf());
        }
        registered.add(new Registered(index, head.size(), head.root()));
    }

    private void closed(long index, LedgerLeaf.BoxClosed closing, Seen seen) {
        if (closed != null) {
            registeredFinding.fail("ledger leaf " + index + ": the box closes again, after leaf " + closed.leaf());
            return;
        }
        registered(index, seen);
        Checkpoint head = seen.head();
        if (head != null) closed = new Closed(index, head.size(), closing.keysDestroyed());
    }

    List<Registered> registered() {
        return registered;
    }

    /// The number of leaves in the newest registered checkpoint of the box; 0 if there is none.
    long published() {
        return registered.isEmpty() ? 0 : registered.getLast().size();
    }

    /// The newest checkpoint of the box that is registered before a leaf.
    @Nullable
    Registered newestBefore(long leaf) {
        int low = 0;
        int high = registered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (registered.get(middle).leaf() < leaf) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? null : registered.get(low - 1);
    }

    List<Tally> tallies() {
        return tallies;
    }

    /// All batches of cards of the instance, in the ledger's order.
    List<CardFact> cards() {
        return cards;
    }

    @Nullable
    Closed closed() {
        return closed;
    }

    LeafKinds kinds() {
        return kinds;
    }
}
