package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.NoteVerifier;

/// The register's facts about one box, collected in one pass over all leaves of the register.
final class RegisterScan {
    private final BoxId box;
    private final NoteVerifier boxKey;
    private final Findings.Finding leavesFinding;
    private final Findings.Finding manifestFinding;
    private final Findings.Finding registeredFinding;

    private final List<Registered> registered = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final List<Rules> rules = new ArrayList<>();
    private final TreeMap<String, Long> leavesByType = new TreeMap<>();
    private final Map<String, Set<String>> campusesByCampaign = new HashMap<>();
    private long unknown;
    private long manifestLeaf = -1;
    private @Nullable Manifest manifest;
    private @Nullable Closed closed;

    /// A checkpoint of the box that is registered in the register's leaf `leaf`.
    record Registered(long leaf, long size, Hash root) {}

    /// A tally and the index of its register leaf.
    record Tally(long leaf, RegisterLeaf.RollTally says) {}

    /// What the register leaf `leaf` says about the addresses that belong to a roll.
    record Rules(long leaf, RegisterLeaf.RollRules says) {}

    /// The closing of the box and the index of its register leaf.
    record Closed(long leaf, long size, List<String> keysDestroyed) {}

    /// A parsed leaf: either `leaf` or `trouble` is null. `head` is set for valid checkpoints of this box.
    record Seen(
            @Nullable RegisterLeaf leaf,
            @Nullable Checkpoint head,
            @Nullable String trouble) {}

    RegisterScan(
            BoxId box,
            NoteVerifier boxKey,
            Findings.Finding leavesFinding,
            Findings.Finding manifestFinding,
            Findings.Finding registeredFinding) {
        this.box = box;
        this.boxKey = boxKey;
        this.leavesFinding = leavesFinding;
        this.manifestFinding = manifestFinding;
        this.registeredFinding = registeredFinding;
    }

    /// Parses a leaf and verifies the signature of this box's checkpoints. Thread-safe.
    Seen verify(long index, byte[] bytes) {
        RegisterLeaf leaf;
        try {
            leaf = RegisterLeaf.parse(bytes);
        } catch (IllegalArgumentException e) {
            return new Seen(null, null, "register leaf " + index + ": " + e.getMessage());
        }
        String note =
                switch (leaf) {
                    case RegisterLeaf.BoxCheckpoint checkpoint
                    when checkpoint.box().equals(box) -> checkpoint.note();
                    case RegisterLeaf.BoxClosed closing when closing.box().equals(box) -> closing.note();
                    default -> null;
                };
        if (note == null) return new Seen(leaf, null, null);
        try {
            return new Seen(leaf, SignedHead.read(note, boxKey), null);
        } catch (IllegalArgumentException e) {
            return new Seen(leaf, null, "register leaf " + index + ": checkpoint of the box: " + e.getMessage());
        }
    }

    void record(long index, Seen seen) {
        RegisterLeaf leaf = seen.leaf();
        if (leaf == null) {
            leavesFinding.fail(String.valueOf(seen.trouble()));
            return;
        }
        leavesByType.merge(typeOf(leaf), 1L, Long::sum);
        switch (leaf) {
            case RegisterLeaf.BoxOpened opened -> opened(index, opened.manifest());
            case RegisterLeaf.BoxCheckpoint checkpoint -> {
                if (checkpoint.box().equals(box)) registered(index, seen);
            }
            case RegisterLeaf.BoxClosed closing -> {
                if (closing.box().equals(box)) closed(index, closing, seen);
            }
            case RegisterLeaf.RollTally tally -> tallies.add(new Tally(index, tally));
            case RegisterLeaf.RollRules says -> rules.add(new Rules(index, says));
            case RegisterLeaf.ClientReleased _ -> {}
            case RegisterLeaf.Unknown _ -> unknown++;
        }
    }

    private void opened(long index, Manifest opened) {
        if (opened.campaign() != null && !opened.campus().equals("*")) {
            campusesByCampaign
                    .computeIfAbsent(opened.campaign(), _ -> new HashSet<>())
                    .add(opened.campus());
        }
        if (!opened.box().equals(box)) return;
        if (manifest == null) {
            manifest = opened;
            manifestLeaf = index;
        } else {
            manifestFinding.fail("register leaf " + index + ": a second manifest of this box (the first is leaf "
                    + manifestLeaf + ")");
        }
    }

    private void registered(long index, Seen seen) {
        Checkpoint head = seen.head();
        if (head == null) {
            registeredFinding.fail(String.valueOf(seen.trouble()));
            return;
        }
        String where = "register leaf " + index + ": checkpoint of the box";
        if (manifest == null) registeredFinding.fail(where + " before its manifest");
        if (closed != null) registeredFinding.fail(where + " after it closed at leaf " + closed.leaf());
        if (!registered.isEmpty() && head.size() < registered.getLast().size()) {
            registeredFinding.fail(where + " has " + head.size() + " leaves, fewer than the "
                    + registered.getLast().size() + " of leaf "
                    + registered.getLast().leaf());
        }
        registered.add(new Registered(index, head.size(), head.root()));
    }

    private void closed(long index, RegisterLeaf.BoxClosed closing, Seen seen) {
        if (closed != null) {
            registeredFinding.fail("register leaf " + index + ": the box closes again, after leaf " + closed.leaf());
            return;
        }
        registered(index, seen);
        Checkpoint head = seen.head();
        if (head != null) closed = new Closed(index, head.size(), closing.keysDestroyed());
    }

    private static String typeOf(RegisterLeaf leaf) {
        return switch (leaf) {
            case RegisterLeaf.BoxOpened _ -> "box.opened";
            case RegisterLeaf.BoxCheckpoint _ -> "box.checkpoint";
            case RegisterLeaf.BoxClosed _ -> "box.closed";
            case RegisterLeaf.RollTally _ -> "roll.tally";
            case RegisterLeaf.RollRules _ -> "roll.rules";
            case RegisterLeaf.ClientReleased _ -> "client.released";
            case RegisterLeaf.Unknown other -> "unknown " + other.type();
        };
    }

    @Nullable
    Manifest manifest() {
        return manifest;
    }

    long manifestLeaf() {
        return manifestLeaf;
    }

    List<Registered> registered() {
        return registered;
    }

    /// The number of leaves in the newest registered checkpoint of the box; 0 if there is none.
    long published() {
        return registered.isEmpty() ? 0 : registered.getLast().size();
    }

    List<Tally> tallies() {
        return tallies;
    }

    List<Rules> rules() {
        return rules;
    }

    @Nullable
    Closed closed() {
        return closed;
    }

    long unknown() {
        return unknown;
    }

    /// The campuses of the campaign that have a box for this campus only.
    Set<String> campusesOf(@Nullable String campaign) {
        return campaign == null ? Set.of() : campusesByCampaign.getOrDefault(campaign, Set.of());
    }

    /// For example `3 box.opened, 20 box.checkpoint`.
    String kinds() {
        var words = new ArrayList<String>();
        leavesByType.forEach((type, count) -> words.add(count + " " + type));
        return String.join(", ", words);
    }
}
