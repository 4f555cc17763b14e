package org.undersigned.tlog;

import java.util.HashSet;
import java.util.List;

/// Rules for accepting a checkpoint: the log's origin, its keys (at least one must have signed), and how many of
/// which witnesses must have cosigned (c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature). Immutable.
///
/// @param origin the checkpoint's first line
/// @param keys of the log, at least one; several while the log replaces its key
/// @param witnesses whose cosignatures count, no two with the same key
/// @param quorum number of witnesses required; 0 for none
public record LogPolicy(String origin, List<NoteVerifier> keys, List<CosignatureVerifier> witnesses, int quorum) {
    /// Checks that a checkpoint can satisfy the policy.
    ///
    /// @throws IllegalArgumentException if there is no key, two witnesses share one, or there are fewer witnesses
    ///     than `quorum`
    public LogPolicy {
        keys = List.copyOf(keys);
        witnesses = List.copyOf(witnesses);
        if (origin.isEmpty()) throw new IllegalArgumentException("an origin must not be empty");
        if (keys.isEmpty()) throw new IllegalArgumentException("a log must have a key");
        var names = witnesses.stream().map(CosignatureVerifier::name).distinct().count();
        if (quorum < 0 || quorum > names) {
            throw new IllegalArgumentException(
                    "the quorum is " + quorum + ", but there are only " + names + " witnesses");
        }
        var seen = new HashSet<Hash>();
        for (var witness : witnesses) {
            if (!seen.add(Hash.sha256(witness.publicKey()))) {
                throw new IllegalArgumentException("two witnesses share a key");
            }
        }
    }

    /// The policy for a log whose origin is the name of its key, without witnesses.
    ///
    /// @param key of the log
    /// @return the policy
    public static LogPolicy of(NoteVerifier key) {
        return new LogPolicy(key.name(), List.of(key), List.of(), 0);
    }

    /// The same policy, but requiring `quorum` cosignatures of `witnesses`.
    ///
    /// @param witnesses replace the current ones
    /// @param quorum between 0 and the number of witnesses
    /// @return the policy
    /// @throws IllegalArgumentException if two witnesses share a key, or there are fewer witnesses than `quorum`
    public LogPolicy withWitnesses(List<CosignatureVerifier> witnesses, int quorum) {
        return new LogPolicy(origin, keys, witnesses, quorum);
    }

    /// Checks `note` against this policy and returns its checkpoint. Signatures by unknown keys are ignored. If a
    /// signature has the name and id of a known key and is invalid, the note is rejected (c2sp.org/signed-note,
    /// "Signatures").
    ///
    /// @param note any note
    /// @return its checkpoint
    /// @throws UnprovenException if the policy rejects the note; the message gives the reason
    public Checkpoint check(Note note) throws UnprovenException {
        var checkpoint = parse(note);
        if (!checkpoint.origin().equals(origin)) throw new UnprovenException("the checkpoint belongs to another log");
        var signed = 0;
        for (var key : keys) signed += count(key.judge(note), key.name());
        if (signed == 0) throw new UnprovenException("the checkpoint is not signed by the log");
        var cosigned = new HashSet<String>(); // by name: a witness with keys of both types counts once
        for (var witness : witnesses) {
            if (count(witness.judge(note), witness.name()) > 0) cosigned.add(witness.name());
        }
        if (cosigned.size() < quorum) {
            throw new UnprovenException("cosigned by " + cosigned.size() + " known witnesses, not by " + quorum);
        }
        return checkpoint;
    }

    private static Checkpoint parse(Note note) throws UnprovenException {
        try {
            return Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            throw new UnprovenException("not a checkpoint: " + e.getMessage());
        }
    }

    private static int count(Verdict verdict, String name) throws UnprovenException {
        return switch (verdict) {
            case ABSENT -> 0;
            case SIGNED -> 1;
            case FORGED -> throw new UnprovenException("a signature in the name of " + name + " does not verify");
        };
    }
}
