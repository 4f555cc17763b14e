package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;
import org.undersigned.record.Verdict;
import org.undersigned.record.Withdrawal;
import org.undersigned.tlog.Hash;

/// The count itself: every leaf of one box, by the rules of PROTOCOL §5 and §7.
final class BoxScan {
    private final Manifest manifest;
    private final Set<Long> wanted;
    private final long trusted;
    private final Findings.Finding entriesFinding;
    private final Findings.Finding withdrawalsFinding;

    private final NonceTable nonces = new NonceTable();
    private final List<String> classes;
    private final long[] entries;
    private final long[] withdrawals;
    private long verifiedTokens;
    private long verifiedWithdrawals;
    private final Map<Long, Snapshot> snapshots = new HashMap<>();

    /// The box as it was when it had `size` leaves.
    record Snapshot(Hash root, List<Report.ClassCount> counts) {
        long entries(String className) {
            return one(className).entries();
        }

        long count(String className) {
            return one(className).count();
        }

        private Report.ClassCount one(String className) {
            return counts.stream()
                    .filter(one -> one.name().equals(className))
                    .findFirst()
                    .orElse(new Report.ClassCount(className, 0, 0));
        }
    }

    /// What a leaf turned out to be, before its neighbours are asked.
    sealed interface Seen {
        record FirstLeaf() implements Seen {}

        record ValidEntry(Nonce nonce, int classIndex) implements Seen {}

        record ValidWithdrawal(Nonce nonce) implements Seen {}

        record BadEntry(String why) implements Seen {}

        record BadWithdrawal(String why) implements Seen {}
    }

    /// 32 bytes on their way to the table.
    static final class Nonce {
        private final byte[] bytes;

        Nonce(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /// @param wanted  the sizes at which somebody will ask for a [Snapshot]
    /// @param trusted how many leaves were verified before ([EarlierCheckpoint]): they are hashed and
    ///     counted, their signatures are not verified again
    BoxScan(
            Manifest manifest,
            Set<Long> wanted,
            long trusted,
            Findings.Finding entriesFinding,
            Findings.Finding withdrawalsFinding) {
        this.manifest = manifest;
        this.wanted = wanted;
        this.trusted = trusted;
        this.entriesFinding = entriesFinding;
        this.withdrawalsFinding = withdrawalsFinding;
        this.classes =
                manifest.classes().stream().map(Manifest.IssuerClass::name).toList();
        this.entries = new long[classes.size()];
        this.withdrawals = new long[classes.size()];
    }

    /// Verifies a leaf by itself: token, nonce and signature, or the withdrawal's signature; on any thread.
    Seen look(long index, byte[] leaf) {
        if (index == 0) {
            boolean manifests = leaf.length == 32 && Hash.of(leaf).equals(manifest.leafHash());
            return manifests
                    ? new Seen.FirstLeaf()
                    : new Seen.BadEntry("is not the leaf hash of the manifest in the register");
        }
        return switch (leaf.length) {
            case Entry.SIZE -> entry(leaf, index < trusted);
            case Withdrawal.SIZE -> withdrawal(leaf, index < trusted);
            default -> new Seen.BadEntry(leaf.length + " bytes: neither an entry nor a withdrawal");
        };
    }

    private Seen entry(byte[] leaf, boolean verified) {
        Entry entry;
        try {
            entry = Entry.parse(leaf);
        } catch (IllegalArgumentException e) {
            return new Seen.BadEntry(String.valueOf(e.getMessage()));
        }
        if (verified) {
            var known = manifest.classOf(entry.token().tokenKeyId()).orElse(null);
            return known == null
                    ? new Seen.BadEntry(Verdict.Reason.KEY_UNKNOWN.words())
                    : new Seen.ValidEntry(new Nonce(entry.nonce()), classes.indexOf(known.name()));
        }
        return switch (entry.check(manifest)) {
            case Verdict.Valid(String className) ->
                new Seen.ValidEntry(new Nonce(entry.nonce()), classes.indexOf(className));
            case Verdict.Invalid(Verdict.Reason reason) -> new Seen.BadEntry(reason.words());
        };
    }

    private Seen withdrawal(byte[] leaf, boolean verified) {
        Withdrawal withdrawal;
        try {
            withdrawal = Withdrawal.parse(leaf);
        } catch (IllegalArgumentException e) {
            return new Seen.BadWithdrawal(String.valueOf(e.getMessage()));
        }
        return verified || withdrawal.check(manifest.origin())
                ? new Seen.ValidWithdrawal(new Nonce(withdrawal.nonce()))
                : new Seen.BadWithdrawal("withdrawal's signature does not verify");
    }

    /// Counts a leaf, or says why not.
    void take(long index, Seen seen) {
        String where = "box leaf " + index + ": ";
        switch (seen) {
            case Seen.FirstLeaf _ -> {}
            case Seen.BadEntry bad -> entriesFinding.fail(where + bad.why());
            case Seen.BadWithdrawal bad -> withdrawalsFinding.fail(where + bad.why());
            case Seen.ValidEntry(Nonce nonce, int classIndex) -> {
                if (index >= trusted) verifiedTokens++;
                if (nonces.add(nonce.bytes, classIndex)) entries[classIndex]++;
                else entriesFinding.fail(where + "nonce is in the box already");
            }
            case Seen.ValidWithdrawal(Nonce nonce) -> {
                if (index >= trusted) verifiedWithdrawals++;
                int classIndex = nonces.withdraw(nonce.bytes);
                switch (classIndex) {
                    case -1 -> withdrawalsFinding.fail(where + "withdraws a nonce that is not published before it");
                    case -2 -> withdrawalsFinding.fail(where + "withdraws what was withdrawn before");
                    default -> withdrawals[classIndex]++;
                }
            }
        }
    }

    /// Keeps the state at this size, if somebody wants it; [Recount] calls it after each leaf and for size 0.
    void reached(long size, LogWalk walk) {
        if (wanted.contains(size)) snapshots.put(size, new Snapshot(walk.root(), counts()));
    }

    /// Tokens verified in this run.
    long verifiedTokens() {
        return verifiedTokens;
    }

    /// Signatures verified in this run: one with each token, one with each withdrawal.
    long verifiedSignatures() {
        return verifiedTokens + verifiedWithdrawals;
    }

    @Nullable
    Snapshot at(long size) {
        return snapshots.get(size);
    }

    List<Report.ClassCount> counts() {
        var counts = new ArrayList<Report.ClassCount>();
        for (int i = 0; i < classes.size(); i++) {
            counts.add(new Report.ClassCount(classes.get(i), entries[i], withdrawals[i]));
        }
        return counts;
    }
}
