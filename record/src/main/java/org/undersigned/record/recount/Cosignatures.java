package org.undersigned.record.recount;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Note;

/// Checks that every requested witness has cosigned a log's checkpoint (c2sp.org/tlog-cosignature). A busy log
/// publishes a new checkpoint every few seconds, and its cosignatures arrive a moment later, so the
/// recount reads the checkpoint up to 5 times.
final class Cosignatures {
    private static final int LOOKS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String log;
    private final List<CosignatureVerifier> witnesses;
    private final Findings.Finding finding;
    private int looks;

    /// @param log the log's name in findings
    Cosignatures(String log, List<CosignatureVerifier> witnesses, Findings.Finding finding) {
        this.log = log;
        this.witnesses = witnesses;
        this.finding = finding;
    }

    /// Waits 1 second if a cosignature is missing.
    ///
    /// @param checkpoint the signed note as served
    /// @return true if the caller should read the checkpoint again
    boolean shouldRetry(String checkpoint) throws IOException {
        if (++looks == LOOKS || missing(checkpoint).isEmpty()) return false;
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for cosignatures");
        }
    }

    /// Records which witnesses have cosigned the checkpoint, or which have not.
    void judge(String checkpoint) {
        long size = Checkpoint.parse(Note.parse(checkpoint).text()).size();
        String is = "the " + log + "'s checkpoint of " + size + " leaves is ";
        for (CosignatureVerifier witness : missing(checkpoint)) {
            finding.fail(is + "not cosigned by " + witness.name());
        }
        finding.succeed(is + "cosigned by "
                + witnesses.stream().map(CosignatureVerifier::name).collect(Collectors.joining(", ")));
    }

    private List<CosignatureVerifier> missing(String checkpoint) {
        var note = Note.parse(checkpoint);
        return witnesses.stream().filter(witness -> !witness.verify(note)).toList();
    }
}
