package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.undersigned.tlog.Note.NoteSignature;

/// Makes cosignatures (c2sp.org/tlog-cosignature) of type 0x04 (Ed25519) or 0x06 (ML-DSA-44). A cosignature states
/// that, at the given time, the checkpoint is the largest consistent tree of that log the cosigner has seen.
/// Thread-safe.
///
/// The message that Ed25519 signs does not contain the cosigner's name, so each Ed25519 cosigner needs its own key.
public final class Cosigner {
    private final CosignatureVerifier verifier;
    private final UnaryOperator<byte[]> signing;

    private Cosigner(CosignatureVerifier verifier, UnaryOperator<byte[]> signing) {
        this.verifier = verifier;
        this.signing = signing;
    }

    /// Creates a cosigner of type 0x04 from its secret seed.
    ///
    /// @param name of the cosigner: usually a URL without its scheme
    /// @param seed 32 bytes (RFC 8032 §5.1.5), not used for any other purpose; copied
    /// @return the cosigner
    /// @throws IllegalArgumentException if the name is not a key name or the seed has another length
    public static Cosigner ed25519(String name, byte[] seed) {
        var kept = seed.clone();
        return new Cosigner(
                CosignatureVerifier.ed25519(name, Ed25519.publicKey(kept)), message -> Ed25519.sign(kept, message));
    }

    /// Creates a cosigner of type 0x06 from its secret seed.
    ///
    /// @param name of the cosigner: usually a URL without its scheme; at most 255 bytes
    /// @param seed 32 bytes (FIPS 204 §5.1, ξ), copied
    /// @return the cosigner
    /// @throws IllegalArgumentException if the name is not a key name or too long, or the seed has another length
    public static Cosigner mlDsa44(String name, byte[] seed) {
        var kept = seed.clone();
        return new Cosigner(
                CosignatureVerifier.mlDsa44(name, MlDsa44.publicKey(kept)), message -> MlDsa44.sign(kept, message));
    }

    /// The public key.
    ///
    /// @return the key that verifies this cosigner's signatures
    public CosignatureVerifier verifier() {
        return verifier;
    }

    /// Cosigns `checkpoint`. Ed25519 signs the whole text; ML-DSA-44 signs origin, size and root, but not the
    /// extension lines. The caller checks consistency first, as [org.undersigned.tlog.witness.Witness] does.
    ///
    /// @param checkpoint a signed note whose text is a checkpoint
    /// @param now truncated to whole seconds
    /// @return 8 bytes of seconds since 1970, then 64 or 2,420 bytes of signature, with the key's name and id
    /// @throws IllegalArgumentException if the note is not a checkpoint, `now` is before 1970, or the origin is
    ///     longer than the 255 bytes that an ML-DSA-44 message can hold
    public NoteSignature cosign(Note checkpoint, Instant now) {
        var text = Checkpoint.parse(checkpoint.text()).text();
        var seconds = now.getEpochSecond();
        if (seconds < 0) throw new IllegalArgumentException("the time is before 1970");
        var signature = signing.apply(verifier.message(seconds, text));
        var timestamped = ByteBuffer.allocate(8 + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
        return new NoteSignature(verifier.name(), verifier.keyId(), timestamped);
    }

    @Override
    public String toString() {
        return "Cosigner(" + verifier.name() + ", hidden)";
    }
}
