package org.undersigned.tlog;

import java.nio.charset.StandardCharsets;

/// A note's public key of type 0x01, Ed25519 (c2sp.org/signed-note), written `name+keyid+base64(0x01 ‖ key)`.
/// Immutable.
public final class NoteVerifier {
    private final VerifierKey key;

    private NoteVerifier(VerifierKey key) {
        this.key = key;
    }

    /// A key from its parts.
    ///
    /// @param name of the key: not empty, no Unicode spaces, no plus sign
    /// @param publicKey 32 bytes (RFC 8032 §5.1.5), copied
    /// @return the key
    /// @throws IllegalArgumentException if either is not so
    public static NoteVerifier ed25519(String name, byte[] publicKey) {
        return new NoteVerifier(new VerifierKey(name, VerifierKey.ED25519, publicKey.clone()));
    }

    /// Reads a verifier key (c2sp.org/signed-note, "Verifier keys").
    ///
    /// @param vkey as [#vkey] writes it
    /// @return the key
    /// @throws IllegalArgumentException if it is malformed, of another type, or its id is not its key's
    public static NoteVerifier parse(String vkey) {
        return new NoteVerifier(VerifierKey.parse(vkey, VerifierKey.ED25519));
    }

    /// The key's name; for a log's key, by custom the log's origin.
    ///
    /// @return as it stands in its signature lines
    public String name() {
        return key.name();
    }

    /// What its signature lines begin with.
    ///
    /// @return the first four bytes, big-endian, of SHA-256(name ‖ newline ‖ 0x01 ‖ key)
    public int keyId() {
        return key.keyId();
    }

    /// The raw key.
    ///
    /// @return 32 bytes, a copy
    public byte[] publicKey() {
        return key.publicKey().clone();
    }

    /// As written in configuration files.
    ///
    /// @return what [#parse] reads
    public String vkey() {
        return key.vkey();
    }

    /// Whether `note` carries a valid signature by this key. A signature in this key's name and id that does not
    /// verify spoils the note, whatever else it carries.
    ///
    /// @param note whatever it is signed by
    /// @return false, never an exception, for a note that is not this key's
    public boolean verify(Note note) {
        return judge(note) == Verdict.SIGNED;
    }

    Verdict judge(Note note) {
        var text = note.text().getBytes(StandardCharsets.UTF_8);
        var claimed = key.claimed(note);
        if (claimed.isEmpty()) return Verdict.ABSENT;
        var all = claimed.stream().allMatch(one -> Ed25519.verify(key.publicKey(), text, one.signature()));
        return all ? Verdict.SIGNED : Verdict.FORGED;
    }

    @Override
    public String toString() {
        return vkey();
    }
}
