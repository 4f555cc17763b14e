package org.undersigned.tlog;

/// The result of checking a note against a key (c2sp.org/signed-note, "Signatures").
enum Verdict {
    /// No signature has the key's name and id.
    ABSENT,
    /// At least one signature has them, and all that have them are valid.
    SIGNED,
    /// A signature has them and is invalid: "clients SHOULD reject the whole note".
    FORGED
}
