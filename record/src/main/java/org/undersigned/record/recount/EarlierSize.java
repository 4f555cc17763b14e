package org.undersigned.record.recount;

import java.util.List;
import org.undersigned.tlog.Checkpoint;

/// The box at an earlier size, for checking a number that was printed then. The tree at that size is a prefix of
/// the tree that was just recomputed, and so of every later checkpoint. A registered checkpoint of at least that
/// size proves that the box had these leaves.
final class EarlierSize {
    private final long size;
    private final Findings.Finding finding;

    EarlierSize(long size, Findings.Finding finding) {
        this.size = size;
        this.finding = finding;
    }

    /// Returns the counts at that size. Returns an empty list and records a failure if the box has fewer leaves or
    /// no registered checkpoint has that many.
    List<Report.ClassCount> counts(LedgerScan ledger, BoxScan scan, Checkpoint head) {
        BoxScan.Snapshot snapshot = scan.at(size);
        if (snapshot == null) {
            finding.fail("the box has only " + head.size() + " leaves");
            return List.of();
        }
        var vouching = ledger.registered().stream()
                .filter(one -> one.size() >= size)
                .findFirst()
                .orElse(null);
        if (vouching == null) {
            finding.fail("no registered checkpoint has " + size + " leaves or more yet");
            return List.of();
        }
        finding.succeed("the first " + size + " leaves have root "
                + snapshot.root().base64() + ","
                + (vouching.size() == size ? "" : " a prefix of the checkpoint of " + vouching.size() + " leaves,")
                + " as registered in ledger leaf " + vouching.leaf());
        return snapshot.counts();
    }
}
