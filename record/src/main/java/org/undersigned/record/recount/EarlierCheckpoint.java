package org.undersigned.record.recount;

import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.NoteVerifier;

/// A checkpoint of the box from an earlier recount of the caller. The box must begin with exactly that tree.
final class EarlierCheckpoint {
    private final Checkpoint checkpoint;
    private final Findings.Finding finding;

    /// @throws Findings.Broken if `note` is not a checkpoint of this box signed by `key`
    EarlierCheckpoint(String note, NoteVerifier key, Findings.Finding finding) throws Findings.UnreadableLog {
        this.finding = finding;
        try {
            checkpoint = SignedHead.read(note, key);
        } catch (IllegalArgumentException e) {
            throw new Findings.UnreadableLog(finding, "the earlier checkpoint: " + e.getMessage());
        }
    }

    long size() {
        return checkpoint.size();
    }

    void compare(BoxScan scan, Checkpoint head) {
        BoxScan.Snapshot snapshot = scan.at(checkpoint.size());
        if (snapshot == null) {
            finding.fail("the box had " + checkpoint.size() + " leaves before and has only " + head.size() + " now");
        } else if (!snapshot.root().equals(checkpoint.root())) {
            finding.fail("another history: the first " + checkpoint.size() + " leaves gave root "
                    + checkpoint.root().base64() + " before and give "
                    + snapshot.root().base64() + " now");
        }
        finding.succeed("begins with the " + checkpoint.size()
                + " leaves of the earlier checkpoint, whose signatures were not verified again");
    }
}
