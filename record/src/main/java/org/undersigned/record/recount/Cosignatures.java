package org.undersigned.record.recount;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Note;

/// Checks that a log's checkpoint has the cosignatures that its policy and the caller require
/// (c2sp.org/tlog-cosignature). A busy log publishes a new checkpoint every few seconds, and its cosignatures arrive
/// a moment later, so the recount reads the checkpoint up to 5 times.
final class Cosignatures {
    private static final int LOOKS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String log;
    private final WitnessPolicy policy;
    private final List<CosignatureVerifier> required;
    private final Findings.Finding finding;
    private int looks;

    /// @param log      the log's name in findings
    /// @param policy   the instance's own: a quorum of these witnesses must have cosigned
    /// @param required by the caller: each of these must have cosigned
    Cosignatures(String log, WitnessPolicy policy, List<CosignatureVerifier> required, Findings.Finding finding) {
        this.log = log;
        this.policy = policy;
        this.required = required;
        this.finding = finding;
    }

    /// Waits 1 second if a cosignature is missing.
    ///
    /// @param checkpoint the signed note as served
    /// @return true if the caller should read the checkpoint again
    boolean shouldRetry(String checkpoint) throws IOException {
        var note = Note.parse(checkpoint);
        if (++looks == LOOKS || (missing(note).isEmpty() && cosigners(note).size() >= policy.quorum())) return false;
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
        var note = Note.parse(checkpoint);
        String is = "the " + log + "'s checkpoint of "
                + Checkpoint.parse(note.text()).size() + " leaves is ";
        for (CosignatureVerifier witness : missing(note)) finding.fail(is + "not cosigned by " + witness.name());
        var cosigners = cosigners(note);
        if (cosigners.size() < policy.quorum()) {
            finding.fail(is + "cosigned by " + cosigners.size() + " witnesses, but the instance names " + policy);
        }
        if (policy.witnesses().isEmpty() && required.isEmpty()) {
            finding.succeed("the instance names no witnesses: it could show another " + log + " to other people");
        } else {
            finding.succeed(is + "cosigned by "
                    + Stream.concat(cosigners.stream(), required.stream().map(CosignatureVerifier::name))
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
    }

    private List<CosignatureVerifier> missing(Note note) {
        return required.stream().filter(witness -> !witness.verify(note)).toList();
    }

    /// The names of the policy's witnesses that have cosigned: one with keys of two kinds counts once.
    private Set<String> cosigners(Note note) {
        return policy.witnesses().stream()
                .filter(witness -> witness.verify(note))
                .map(CosignatureVerifier::name)
                .collect(Collectors.toSet());
    }
}
