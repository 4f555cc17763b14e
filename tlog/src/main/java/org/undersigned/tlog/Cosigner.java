package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.undersigned.tlog.Note.NoteSignature;

/// Makes cosignatures of type 0x04, Ed25519 "cosignature/v1" (c2sp.org/tlog-cosignature): the statement that, as of
/// a time, a checkpoint is the largest consistent tree its maker has seen of that log. Safe on any thread.
///
/// The signed message does not hold the cosigner's name, so each cosigner needs a key of its own.
public final class Cosigner {
    private final CosignatureVerifier verifier;
    private final byte[] seed;

    private Cosigner(CosignatureVerifier verifier, byte[] seed) {
        this.verifier = verifier;
        this.seed = seed;
    }

    /// A cosigner from its secret seed.
    ///
    /// @param name of the cosigner: a URL without its scheme, as a rule
    /// @param seed 32 bytes, used for nothing else
    /// @throws IllegalArgumentException if the name is not a key name or the seed is of another length
    public static Cosigner ed25519(String name, byte[] seed) {
        return new Cosigner(CosignatureVerifier.ed25519(name, Ed25519.publicKey(seed)), seed.clone());
    }

    /// The public half.
    public CosignatureVerifier verifier() {
        return verifier;
    }

    /// Cosigns the text of `checkpoint`, extension lines included. The caller has checked its consistency, as
    /// [org.undersigned.tlog.witness.Witness] does.
    ///
    /// @param now cut to whole seconds
    /// @return key id, then 8 bytes of seconds since 1970 and 64 of signature
    /// @throws IllegalArgumentException if the note is no checkpoint, or `now` is before 1970
    public NoteSignature cosign(Note checkpoint, Instant now) {
        var text = Checkpoint.parse(checkpoint.text()).text();
        var seconds = now.getEpochSecond();
        if (seconds < 0) throw new IllegalArgumentException("a time before 1970");
        var signature = Ed25519.sign(seed, CosignatureVerifier.message(seconds, text));
        var timestamped =
                ByteBuffer.allocate(8 + 64).putLong(seconds).put(signature).array();
        return new NoteSignature(verifier.name(), verifier.keyId(), timestamped);
    }

    @Override
    public String toString() {
        return "Cosigner(" + verifier.name() + ", hidden)";
    }
}
