package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;
import org.undersigned.record.Verdict;
import org.undersigned.record.Withdrawal;
import org.undersigned.tlog.Hash;

/// Counts all leaves of one box by the rules of PROTOCOL §5 and §7.
final class BoxScan {
    private final Manifest manifest;
    private final BoxKeys keys;
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

    /// The state of the box at one size.
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

    /// The result of verifying one leaf alone, before comparing it with other leaves.
    sealed interface Seen {
        record FirstLeaf() implements Seen {}

        record ValidEntry(Nonce nonce, int classIndex) implements Seen {}

        record ValidWithdrawal(Nonce nonce) implements Seen {}

        record BadEntry(String why) implements Seen {}

        record BadWithdrawal(String why) implements Seen {}
    }

    /// The 32 bytes of a nonce, for [NonceTable].
    static final class Nonce {
        private final byte[] bytes;

        Nonce(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /// @param wanted  the sizes for which the caller needs a [Snapshot]
    /// @param trusted the number of leaves that an earlier recount verified ([EarlierCheckpoint]): they are hashed
    ///     and counted, but their signatures are not verified again
    BoxScan(
            Manifest manifest,
            BoxKeys keys,
            Set<Long> wanted,
            long trusted,
            Findings.Finding entriesFinding,
            Findings.Finding withdrawalsFinding) {
        this.manifest = manifest;
        this.keys = keys;
        this.wanted = wanted;
        this.trusted = trusted;
        this.entriesFinding = entriesFinding;
        this.withdrawalsFinding = withdrawalsFinding;
        this.classes =
                manifest.classes().stream().map(Manifest.IssuerClass::name).toList();
        this.entries = new long[classes.size()];
        this.withdrawals = new long[classes.size()];
    }

    /// Verifies a leaf alone: token, nonce and signature, or the withdrawal's signature. Thread-safe.
    Seen verify(long index, byte[] leaf) {
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
                    ? new Seen.BadEntry(Verdict.Reason.KEY_UNKNOWN.text())
                    : new Seen.ValidEntry(new Nonce(entry.nonce()), classes.indexOf(known.name()));
        }
        return switch (entry.check(manifest, keys)) {
            case Verdict.Valid(String className) ->
                new Seen.ValidEntry(new Nonce(entry.nonce()), classes.indexOf(className));
            case Verdict.Invalid(Verdict.Reason reason) -> new Seen.BadEntry(reason.text());
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

    /// Counts a leaf, or records why it does not count.
    void record(long index, Seen seen) {
        String where = "box leaf " + index + ": ";
        switch (seen) {
            case Seen.FirstLeaf _ -> {}
            case Seen.BadEntry bad -> entriesFinding.fail(where + bad.why());
            case Seen.BadWithdrawal bad -> withdrawalsFinding.fail(where + bad.why());
            case Seen.ValidEntry(Nonce nonce, int classIndex) -> {
                if (index >= trusted) verifiedTokens++;
                if (nonces.add(nonce.bytes, classIndex)) entries[classIndex]++;
                else entriesFinding.fail(where + "nonce is already in the box");
            }
            case Seen.ValidWithdrawal(Nonce nonce) -> {
                if (index >= trusted) verifiedWithdrawals++;
                int classIndex = nonces.withdraw(nonce.bytes);
                switch (classIndex) {
                    case -1 -> withdrawalsFinding.fail(where + "withdraws a nonce that is not published before it");
                    case -2 -> withdrawalsFinding.fail(where + "withdraws an entry that is already withdrawn");
                    default -> withdrawals[classIndex]++;
                }
            }
        }
    }

    /// Stores a snapshot if `size` is one of the wanted sizes. [Recount] calls this for size 0 and after each leaf.
    void snapshotIfWanted(long size, Hash root) {
        if (wanted.contains(size)) snapshots.put(size, new Snapshot(root, counts()));
    }

    /// The number of tokens verified in this run.
    long verifiedTokens() {
        return verifiedTokens;
    }

    /// The number of signatures verified in this run: one for each token and one for each withdrawal.
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
