package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.undersigned.tlog.Note.NoteSignature;

/// Makes cosignatures (c2sp.org/tlog-cosignature) of type 0x04, Ed25519, or 0x06, ML-DSA-44: the statement that, as
/// of a time, a checkpoint is the largest consistent tree its maker has seen of that log. Safe on any thread.
///
/// The message that Ed25519 signs does not hold the cosigner's name, so each such cosigner needs a key of its own.
public final class Cosigner {
    private final CosignatureVerifier verifier;
    private final UnaryOperator<byte[]> signing;

    private Cosigner(CosignatureVerifier verifier, UnaryOperator<byte[]> signing) {
        this.verifier = verifier;
        this.signing = signing;
    }

    /// A cosigner of type 0x04 from its secret seed.
    ///
    /// @param name of the cosigner: a URL without its scheme, as a rule
    /// @param seed 32 bytes (RFC 8032 §5.1.5), used for nothing else; copied
    /// @return the cosigner
    /// @throws IllegalArgumentException if the name is not a key name or the seed is of another length
    public static Cosigner ed25519(String name, byte[] seed) {
        var kept = seed.clone();
        return new Cosigner(
                CosignatureVerifier.ed25519(name, Ed25519.publicKey(kept)), message -> Ed25519.sign(kept, message));
    }

    /// A cosigner of type 0x06 from its secret seed.
    ///
    /// @param name of the cosigner: a URL without its scheme, as a rule; at most 255 bytes
    /// @param seed 32 bytes (FIPS 204 §5.1, ξ), copied
    /// @return the cosigner
    /// @throws IllegalArgumentException if the name is not a key name or too long, or the seed is of another length
    public static Cosigner mlDsa44(String name, byte[] seed) {
        var kept = seed.clone();
        return new Cosigner(
                CosignatureVerifier.mlDsa44(name, MlDsa44.publicKey(kept)), message -> MlDsa44.sign(kept, message));
    }

    /// The public half.
    ///
    /// @return the key that verifies what this one makes
    public CosignatureVerifier verifier() {
        return verifier;
    }

    /// Cosigns `checkpoint`: its whole text with Ed25519; origin, size and root, not the extension lines, with
    /// ML-DSA-44. The caller has checked its consistency, as [org.undersigned.tlog.witness.Witness] does.
    ///
    /// @param checkpoint a signed note whose text is a checkpoint
    /// @param now cut to whole seconds
    /// @return 8 bytes of seconds since 1970, then 64 or 2,420 of signature, under the key's name and id
    /// @throws IllegalArgumentException if the note is no checkpoint, `now` is before 1970, or the origin has more
    ///     than the 255 bytes that ML-DSA-44's message has room for
    public NoteSignature cosign(Note checkpoint, Instant now) {
        var text = Checkpoint.parse(checkpoint.text()).text();
        var seconds = now.getEpochSecond();
        if (seconds < 0) throw new IllegalArgumentException("a time before 1970");
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
