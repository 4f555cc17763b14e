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

/// A witness of some logs (c2sp.org/tlog-witness): cosigns a checkpoint only if it continues the one cosigned
/// before. Independent of the transport: a server passes it a request's body and sends the [AddCheckpointResponse].
/// Thread-safe.
///
/// It trusts only its [WitnessState], and cosigns a tree only after the state has stored it.
public final class Witness {
    private final Cosigner cosigner;
    private final Map<String, LogPolicy> logs;
    private final WitnessState state;
    private final InstantSource clock;

    /// Creates a witness of `logs`.
    ///
    /// @param cosigner with the witness's own key
    /// @param logs by origin: the log's keys, at least one of which must have signed; checked by [LogPolicy#check]
    /// @param state stores the tree cosigned last
    /// @param clock gives the times of the cosignatures
    /// @throws IllegalArgumentException if a log has no key, or its origin is too long for the cosigner's key
    public Witness(Cosigner cosigner, Map<String, List<NoteVerifier>> logs, WitnessState state, InstantSource clock) {
        logs.keySet().forEach(cosigner.verifier()::checkOrigin);
        this.cosigner = cosigner;
        this.logs = logs.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, log -> new LogPolicy(log.getKey(), log.getValue(), List.of(), 0)));
        this.state = state;
        this.clock = clock;
    }

    /// Handles an add-checkpoint request.
    ///
    /// @param body of the request, not trusted
    /// @return the response to send
    /// @throws IOException if the state failed: nothing was cosigned, and the server responds 500
    public AddCheckpointResponse addCheckpoint(byte[] body) throws IOException {
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body);
        } catch (IllegalArgumentException e) {
            return new AddCheckpointResponse.Malformed(String.valueOf(e.getMessage()));
        }
        return addCheckpoint(request);
    }

    /// Like [#addCheckpoint(byte[])], for a request that is already parsed.
    ///
    /// @param request parsed
    /// @return the response to send
    /// @throws IOException as in the other method
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
            return new AddCheckpointResponse.Malformed("the old size is greater than the new size");

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
        return cosign(note); // after a crash before this line, the client repeats its request with the stored size
    }

    private AddCheckpointResponse cosign(Note note) {
        return new AddCheckpointResponse.Cosigned(List.of(cosigner.cosign(note, clock.instant())));
    }
}
