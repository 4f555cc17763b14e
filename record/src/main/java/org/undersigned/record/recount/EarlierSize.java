package org.undersigned.record.recount;

import java.util.List;
import org.undersigned.tlog.Checkpoint;

/// The box as it was when it had fewer leaves: what a paper printed then must still say. Its tree is a prefix of
/// the one that was just recomputed, and so of every later checkpoint; the register vouches that it was no
/// other.
final class EarlierSize {
    private final long size;
    private final Findings.Finding finding;

    EarlierSize(long size, Findings.Finding finding) {
        this.size = size;
        this.finding = finding;
    }

    /// The counts at that size; none, and a failure, if the box was never so long or the register never heard of
    /// it.
    List<Report.ClassCount> counts(RegisterScan register, BoxScan scan, Checkpoint head) {
        BoxScan.Snapshot snapshot = scan.at(size);
        if (snapshot == null) {
            finding.fail("the box has only " + head.size() + " leaves");
            return List.of();
        }
        var vouching = register.registered().stream()
                .filter(one -> one.size() >= size)
                .findFirst()
                .orElse(null);
        if (vouching == null) {
            finding.fail("no registered checkpoint has " + size + " leaves or more yet");
            return List.of();
        }
        finding.saw("the first " + size + " leaves have root " + snapshot.root().base64() + ", "
                + (vouching.size() == size ? "as" : "and begin the " + vouching.size() + " of the checkpoint")
                + " registered in leaf " + vouching.leaf());
        return snapshot.counts();
    }
}
