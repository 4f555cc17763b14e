package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.undersigned.tlog.Note.NoteSignature;

/// A cosigner's public key of type 0x04, Ed25519 "cosignature/v1" (c2sp.org/tlog-cosignature), written
/// `name+keyid+base64(0x04 ‖ key)`. Immutable. The signed message:
/// ```
/// cosignature/v1
/// time <seconds since 1970>
/// <the checkpoint's text, extension lines included>
/// ```
/// Type 0x06, ML-DSA-44 and subtrees, is not read: such signatures are those of an unknown key.
public final class CosignatureVerifier {
    private final VerifierKey key;

    private CosignatureVerifier(VerifierKey key) {
        this.key = key;
    }

    /// A key from its parts.
    ///
    /// @param name of the cosigner: not empty, no Unicode spaces, no plus sign
    /// @param publicKey 32 bytes (RFC 8032 §5.1.5)
    /// @throws IllegalArgumentException if either is not so
    public static CosignatureVerifier ed25519(String name, byte[] publicKey) {
        return new CosignatureVerifier(new VerifierKey(name, VerifierKey.COSIGNATURE, publicKey.clone()));
    }

    /// Reads a verifier key of type 0x04 (c2sp.org/signed-note, "Verifier keys").
    ///
    /// @throws IllegalArgumentException if it is malformed, of another type, or its id is not its key's
    public static CosignatureVerifier parse(String vkey) {
        return new CosignatureVerifier(VerifierKey.parse(vkey, VerifierKey.COSIGNATURE));
    }

    /// The cosigner's name.
    public String name() {
        return key.name();
    }

    /// The first four bytes, big-endian, of SHA-256(name ‖ newline ‖ 0x04 ‖ key).
    public int keyId() {
        return key.keyId();
    }

    /// 32 bytes, a copy.
    public byte[] publicKey() {
        return key.publicKey().clone();
    }

    /// As written in configuration files; [#parse] reads it.
    public String vkey() {
        return key.vkey();
    }

    /// Whether `note` carries a valid cosignature by this key. One in this key's name and id that does not verify
    /// spoils the note, whatever else it carries.
    public boolean verify(Note note) {
        return judge(note) == Verdict.SIGNED;
    }

    /// When this key last cosigned `note`: seconds since 1970, of the newest of its valid cosignatures; empty where
    /// [#verify] is false. A time in the future is returned as it stands.
    public OptionalLong time(Note note) {
        if (!verify(note)) return OptionalLong.empty();
        return key.claimed(note).stream().mapToLong(one -> seconds(one)).max();
    }

    Verdict judge(Note note) {
        var claimed = key.claimed(note);
        if (claimed.isEmpty()) return Verdict.ABSENT;
        return claimed.stream().allMatch(one -> verify(note.text(), one)) ? Verdict.SIGNED : Verdict.FORGED;
    }

    private boolean verify(String text, NoteSignature cosignature) {
        var bytes = cosignature.signature();
        if (bytes.length != 8 + 64 || seconds(cosignature) < 0) return false;
        var signature = new byte[64];
        System.arraycopy(bytes, 8, signature, 0, 64);
        return Ed25519.verify(key.publicKey(), message(seconds(cosignature), text), signature);
    }

    private static long seconds(NoteSignature cosignature) {
        return ByteBuffer.wrap(cosignature.signature()).getLong();
    }

    static byte[] message(long seconds, String text) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return vkey();
    }
}
