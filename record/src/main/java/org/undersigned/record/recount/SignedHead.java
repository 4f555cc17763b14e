package org.undersigned.record.recount;

import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteVerifier;

/// Reads a checkpoint that must be signed by a given key under the log's own name.
public final class SignedHead {
    private SignedHead() {}

    /// Returns the checkpoint in `note` after verifying it with `key`.
    ///
    /// @throws IllegalArgumentException if the note is malformed, the signature does not verify, or the origin is
    ///     not the key's name; the message gives the reason
    public static Checkpoint read(String note, NoteVerifier key) {
        Note parsed = Note.parse(note);
        if (!key.verify(parsed)) throw new IllegalArgumentException("signature of " + key.name() + " does not verify");
        Checkpoint checkpoint = Checkpoint.parse(parsed.text());
        if (!checkpoint.origin().equals(key.name())) {
            throw new IllegalArgumentException("origin is " + checkpoint.origin() + ", not " + key.name());
        }
        return checkpoint;
    }
}
