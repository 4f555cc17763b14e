package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.undersigned.tlog.Note.NoteSignature;

/// A cosigner's public key (c2sp.org/tlog-cosignature), written `name+keyid+base64(type ‖ key)`. Immutable. Type
/// 0x04, Ed25519, signs:
/// ```
/// cosignature/v1
/// time <seconds since 1970>
/// <the checkpoint's text, extension lines included>
/// ```
/// Type 0x06, ML-DSA-44, signs `"subtree/v1\n\0" ‖ u8 len ‖ cosigner's name ‖ u64 seconds ‖ u8 len ‖ log's origin ‖
/// u64 0 ‖ u64 size ‖ root[32]`, without the extension lines. This class supports only subtrees that start at leaf
/// 0: no checkpoint exists for others.
public final class CosignatureVerifier {
    private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_ORIGIN = 255;

    private final VerifierKey key;

    private CosignatureVerifier(VerifierKey key) {
        this.key = key;
    }

    /// Creates a key of type 0x04.
    ///
    /// @param name of the cosigner: not empty, no Unicode spaces, no plus sign
    /// @param publicKey 32 bytes (RFC 8032 §5.1.5), copied
    /// @return the key
    /// @throws IllegalArgumentException if the name or the key does not meet these rules
    public static CosignatureVerifier ed25519(String name, byte[] publicKey) {
        return new CosignatureVerifier(new VerifierKey(name, VerifierKey.COSIGNATURE, publicKey.clone()));
    }

    /// Creates a key of type 0x06.
    ///
    /// @param name of the cosigner: not empty, at most 255 bytes, no Unicode spaces, no plus sign
    /// @param publicKey 1,312 bytes (FIPS 204 §7.2), copied
    /// @return the key
    /// @throws IllegalArgumentException if the name or the key does not meet these rules
    public static CosignatureVerifier mlDsa44(String name, byte[] publicKey) {
        return new CosignatureVerifier(new VerifierKey(name, VerifierKey.ML_DSA_44_COSIGNATURE, publicKey.clone()));
    }

    /// Parses a verifier key of type 0x04 or 0x06 (c2sp.org/signed-note, "Verifier keys").
    ///
    /// @param vkey as [#vkey] writes it
    /// @return the key
    /// @throws IllegalArgumentException if it is malformed, has another type, or its id does not match its key
    public static CosignatureVerifier parse(String vkey) {
        return new CosignatureVerifier(
                VerifierKey.parse(vkey, VerifierKey.COSIGNATURE, VerifierKey.ML_DSA_44_COSIGNATURE));
    }

    /// The cosigner's name.
    ///
    /// @return the name in its signature lines
    public String name() {
        return key.name();
    }

    /// The key id, with which the base64 of each signature line begins.
    ///
    /// @return the first four bytes, big-endian, of SHA-256(name ‖ newline ‖ type ‖ key)
    public int keyId() {
        return key.keyId();
    }

    /// The raw key.
    ///
    /// @return 32 bytes (Ed25519) or 1,312 bytes (ML-DSA-44), a copy
    public byte[] publicKey() {
        return key.publicKey().clone();
    }

    /// The key in the form for configuration files.
    ///
    /// @return text that [#parse] reads
    public String vkey() {
        return key.vkey();
    }

    /// True if `note` carries a valid cosignature by this key. If any signature with this key's name and id is
    /// invalid, the whole note is rejected, even if others are valid.
    ///
    /// @param note a checkpoint with its signatures
    /// @return true or false, never an exception
    public boolean verify(Note note) {
        return judge(note) == Verdict.SIGNED;
    }

    /// The time of this key's newest cosignature of `note`. A time in the future is returned unchanged; in an
    /// ML-DSA-44 cosignature, 0 means that the cosigner states no time.
    ///
    /// @param note a checkpoint with its signatures
    /// @return seconds since 1970; empty where [#verify] is false
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
        if (bytes.length != 8 + (isMlDsa44() ? MlDsa44.SIGNATURE : 64) || seconds(cosignature) < 0) return false;
        var signature = Arrays.copyOfRange(bytes, 8, bytes.length);
        try {
            var message = message(seconds(cosignature), text);
            return isMlDsa44()
                    ? MlDsa44.verify(key.publicKey(), message, signature)
                    : Ed25519.verify(key.publicKey(), message, signature);
        } catch (IllegalArgumentException e) {
            return false; // the text is not a checkpoint that this key can sign
        }
    }

    private boolean isMlDsa44() {
        return key.type() == VerifierKey.ML_DSA_44_COSIGNATURE;
    }

    private static long seconds(NoteSignature cosignature) {
        return ByteBuffer.wrap(cosignature.signature()).getLong();
    }

    /// The message that a cosignature by this key signs.
    ///
    /// @throws IllegalArgumentException for ML-DSA-44, if the text is not a checkpoint, or its origin is too long
    byte[] message(long seconds, String text) {
        return isMlDsa44()
                ? subtree(seconds, Checkpoint.parse(text))
                : ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /// Checks that this key can cosign a log of this origin.
    ///
    /// @param origin of the log
    /// @throws IllegalArgumentException for ML-DSA-44, if the origin has more than 255 bytes
    public void checkOrigin(String origin) {
        if (isMlDsa44() && origin.getBytes(StandardCharsets.UTF_8).length > MAX_ORIGIN) {
            throw new IllegalArgumentException("an origin must have at most 255 bytes for ML-DSA-44");
        }
    }

    private byte[] subtree(long seconds, Checkpoint checkpoint) {
        var cosigner = name().getBytes(StandardCharsets.UTF_8);
        checkOrigin(checkpoint.origin());
        var origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(SUBTREE.length + 1 + cosigner.length + 8 + 1 + origin.length + 8 + 8 + Hash.SIZE)
                .put(SUBTREE)
                .put((byte) cosigner.length)
                .put(cosigner)
                .putLong(seconds)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root().shared())
                .array();
    }

    @Override
    public String toString() {
        return vkey();
    }
}
