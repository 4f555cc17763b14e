package org.undersigned.tlog;

/// What a key says of a note (c2sp.org/signed-note, "Signatures").
enum Verdict {
    /// No signature has the key's name and id.
    ABSENT,
    /// At least one has, and all that have it verify.
    SIGNED,
    /// One has it and does not verify: "clients SHOULD reject the whole note".
    FORGED
}
