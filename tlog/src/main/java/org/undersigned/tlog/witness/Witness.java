package org.undersigned.tlog.witness;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteVerifier;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.UnprovenException;

/// A witness of some logs (c2sp.org/tlog-witness): cosigns a checkpoint that continues the one it cosigned before,
/// and only that. Knows no transport; a server hands it a request's body and sends back the
/// [AddCheckpointResponse]. Safe on any thread.
///
/// Trusted with one thing, its [WitnessState]; it cosigns nothing that is not kept there.
public final class Witness {
    private final Cosigner cosigner;
    private final Map<String, LogPolicy> logs;
    private final WitnessState state;
    private final InstantSource clock;

    /// A witness of `logs`.
    ///
    /// @param cosigner its own key
    /// @param logs by origin: the keys any one of which must have signed, judged as [LogPolicy#check] judges
    /// @param state what it cosigned last
    /// @param clock of the cosignatures' times
    /// @throws IllegalArgumentException if a log has no key, or its origin is too long for the cosigner's
    public Witness(Cosigner cosigner, Map<String, List<NoteVerifier>> logs, WitnessState state, InstantSource clock) {
        logs.keySet().forEach(cosigner.verifier()::checkOrigin);
        this.cosigner = cosigner;
        this.logs = logs.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, log -> new LogPolicy(log.getKey(), log.getValue(), List.of(), 0)));
        this.state = state;
        this.clock = clock;
    }

    /// Answers add-checkpoint.
    ///
    /// @param body of the request; anything at all
    /// @return what to send back
    /// @throws IOException the state failed: a server answers 500, and nothing was cosigned
    public AddCheckpointResponse addCheckpoint(byte[] body) throws IOException {
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body);
        } catch (IllegalArgumentException e) {
            return new AddCheckpointResponse.Malformed(String.valueOf(e.getMessage()));
        }
        return addCheckpoint(request);
    }

    /// As [#addCheckpoint(byte[])], for a request in this process.
    ///
    /// @param request as read
    /// @return what to send back
    /// @throws IOException as there
    public AddCheckpointResponse addCheckpoint(AddCheckpoint request) throws IOException {
        var note = request.checkpoint();
        var checkpoint = Checkpoint.parse(note.text());
        var policy = logs.get(checkpoint.origin());
        if (policy == null) return new AddCheckpointResponse.UnknownLog();
        try {
            policy.check(note);
        } catch (UnprovenException e) {
            return new AddCheckpointResponse.NotSigned();
        }
        if (request.oldSize() > checkpoint.size())
            return new AddCheckpointResponse.Malformed("the old size is above the new one");

        var latest = state.latest(checkpoint.origin());
        var next = checkpoint.tree();
        if (request.oldSize() != latest.size()) return new AddCheckpointResponse.Conflict(latest.size());
        if (next.size() == latest.size() && !next.equals(latest))
            return new AddCheckpointResponse.Conflict(latest.size());
        if (!Proofs.verifyConsistency(latest.size(), latest.root(), next.size(), next.root(), request.proof())) {
            return new AddCheckpointResponse.NotConsistent();
        }
        if (!state.replace(checkpoint.origin(), latest, next)) { // another request was faster
            return new AddCheckpointResponse.Conflict(
                    state.latest(checkpoint.origin()).size());
        }
        return cosign(note); // a crash before this: the client asks again, old size as kept, and gets it
    }

    private AddCheckpointResponse cosign(Note note) {
        return new AddCheckpointResponse.Cosigned(List.of(cosigner.cosign(note, clock.instant())));
    }
}
