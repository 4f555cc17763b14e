package org.undersigned.tlog;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.List;

/// Signs notes with an Ed25519 key (c2sp.org/signed-note). Thread-safe.
public final class NoteSigner {
    private final NoteVerifier verifier;
    private final PrivateKey key;

    private NoteSigner(NoteVerifier verifier, PrivateKey key) {
        this.verifier = verifier;
        this.key = key;
    }

    /// Creates a signer from its secret seed.
    ///
    /// @param name of the key; for a checkpoint, the log's origin
    /// @param seed 32 bytes (RFC 8032 §5.1.5), copied
    /// @return the signer
    /// @throws IllegalArgumentException if the name is not a key name or the seed has another length
    public static NoteSigner ed25519(String name, byte[] seed) {
        return new NoteSigner(NoteVerifier.ed25519(name, Ed25519.publicKey(seed)), Ed25519.privateKey(seed));
    }

    /// The public key.
    ///
    /// @return the key that verifies this signer's notes
    public NoteVerifier verifier() {
        return verifier;
    }

    /// The same key under another name. The public key is not derived again, which takes longer than signing.
    ///
    /// @param name of the key; for a checkpoint, the log's origin
    /// @return the signer
    /// @throws IllegalArgumentException if the name is not a key name
    public NoteSigner named(String name) {
        return new NoteSigner(NoteVerifier.ed25519(name, verifier.publicKey()), key);
    }

    /// Signs `text`. The note has only this key's signature; [Note#with] adds others.
    ///
    /// @param text ends with a newline, no control characters but newlines
    /// @return the signed note
    /// @throws IllegalArgumentException if the text does not meet these rules
    public Note sign(String text) {
        Note.requireText(text);
        var signature = Ed25519.sign(key, text.getBytes(StandardCharsets.UTF_8));
        return new Note(text, List.of(new Note.NoteSignature(verifier.name(), verifier.keyId(), signature)));
    }

    /// Signs a tree's checkpoint. The origin is this key's name; there are no extension lines.
    ///
    /// @param tree of the log
    /// @return the signed note
    public Note checkpoint(Tree tree) {
        return sign(new Checkpoint(verifier.name(), tree.size(), tree.root(), List.of()).text());
    }

    @Override
    public String toString() {
        return "NoteSigner(" + verifier.name() + ", hidden)";
    }
}
