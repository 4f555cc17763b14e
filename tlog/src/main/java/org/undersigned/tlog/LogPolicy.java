package org.undersigned.tlog;

import java.util.HashSet;
import java.util.List;

/// Whose word about a log is taken: its origin, the keys any one of which must have signed, and how many of which
/// witnesses must have cosigned (c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature). Immutable.
///
/// @param origin the checkpoint's first line
/// @param keys of the log, at least one; more than one while a key is replaced
/// @param witnesses whose cosignatures count, each with a key of its own
/// @param quorum how many of them are needed; 0 for none
public record LogPolicy(String origin, List<NoteVerifier> keys, List<CosignatureVerifier> witnesses, int quorum) {
    /// Checks that the policy can be met.
    ///
    /// @throws IllegalArgumentException if there is no key, two witnesses share one, or the quorum is out of reach
    public LogPolicy {
        keys = List.copyOf(keys);
        witnesses = List.copyOf(witnesses);
        if (origin.isEmpty()) throw new IllegalArgumentException("an origin is not empty");
        if (keys.isEmpty()) throw new IllegalArgumentException("a log has a key");
        var names = witnesses.stream().map(CosignatureVerifier::name).distinct().count();
        if (quorum < 0 || quorum > names) {
            throw new IllegalArgumentException("a quorum of " + quorum + " among " + names);
        }
        var seen = new HashSet<Hash>();
        for (var witness : witnesses) {
            if (!seen.add(Hash.sha256(witness.publicKey()))) {
                throw new IllegalArgumentException("two witnesses with one key");
            }
        }
    }

    /// The log whose origin is its key's name; no witnesses.
    ///
    /// @param key the log's
    /// @return the policy
    public static LogPolicy of(NoteVerifier key) {
        return new LogPolicy(key.name(), List.of(key), List.of(), 0);
    }

    /// The same log, with `quorum` cosignatures of `witnesses` needed.
    ///
    /// @param witnesses instead of those it had
    /// @param quorum 0 to as many as there are
    /// @return the policy
    /// @throws IllegalArgumentException if two witnesses share a key, or the quorum is out of reach
    public LogPolicy withWitnesses(List<CosignatureVerifier> witnesses, int quorum) {
        return new LogPolicy(origin, keys, witnesses, quorum);
    }

    /// The checkpoint that `note` is, if this policy takes it. Signatures by unknown keys are ignored; one that
    /// claims a known key and does not verify spoils the note (c2sp.org/signed-note, "Signatures").
    ///
    /// @param note of whatever origin, signed or not
    /// @return its checkpoint
    /// @throws UnprovenException saying why not
    public Checkpoint check(Note note) throws UnprovenException {
        var checkpoint = parse(note);
        if (!checkpoint.origin().equals(origin)) throw new UnprovenException("a checkpoint of another log");
        var signed = 0;
        for (var key : keys) signed += count(key.judge(note), key.name());
        if (signed == 0) throw new UnprovenException("not signed by the log");
        var cosigned = new HashSet<String>(); // by name: one with a key of each type is one
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
