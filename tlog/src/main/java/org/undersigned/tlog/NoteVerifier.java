package org.undersigned.tlog;

import java.nio.charset.StandardCharsets;

/// A public key of type 0x01, Ed25519, for notes (c2sp.org/signed-note), written `name+keyid+base64(0x01 ‖ key)`.
/// Immutable.
public final class NoteVerifier {
    private final VerifierKey key;

    private NoteVerifier(VerifierKey key) {
        this.key = key;
    }

    /// Creates a key from its parts.
    ///
    /// @param name of the key: not empty, no Unicode spaces, no plus sign
    /// @param publicKey 32 bytes (RFC 8032 §5.1.5), copied
    /// @return the key
    /// @throws IllegalArgumentException if the name or the key does not meet these rules
    public static NoteVerifier ed25519(String name, byte[] publicKey) {
        return new NoteVerifier(new VerifierKey(name, VerifierKey.ED25519, publicKey.clone()));
    }

    /// Parses a verifier key (c2sp.org/signed-note, "Verifier keys").
    ///
    /// @param vkey as [#vkey] writes it
    /// @return the key
    /// @throws IllegalArgumentException if it is malformed, has another type, or its id does not match its key
    public static NoteVerifier parse(String vkey) {
        return new NoteVerifier(VerifierKey.parse(vkey, VerifierKey.ED25519));
    }

    /// The key's name; for a log's key, usually the log's origin.
    ///
    /// @return the name in its signature lines
    public String name() {
        return key.name();
    }

    /// The key id, with which the base64 of each signature line begins.
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

    /// The key in the form for configuration files.
    ///
    /// @return text that [#parse] reads
    public String vkey() {
        return key.vkey();
    }

    /// True if `note` carries a valid signature by this key. If any signature with this key's name and id is
    /// invalid, the whole note is rejected, even if others are valid.
    ///
    /// @param note any note
    /// @return true or false, never an exception
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
