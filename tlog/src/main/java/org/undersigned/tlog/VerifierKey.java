package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.undersigned.tlog.Note.NoteSignature;

/// An Ed25519 key of some signature type, as c2sp.org/signed-note names and writes it:
/// `name+keyid+base64(type ‖ key)`.
///
/// @param type of c2sp.org/signed-note, "Signature types"
/// @param publicKey 32 bytes; not copied, the owners do that
record VerifierKey(String name, byte type, byte[] publicKey) {
    /// A plain signature over the note's text.
    static final byte ED25519 = 1;

    /// A timestamped cosignature (c2sp.org/tlog-cosignature).
    static final byte COSIGNATURE = 4;

    VerifierKey {
        Note.requireName(name);
        if (publicKey.length != 32) throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
    }

    /// @throws IllegalArgumentException if it is malformed, of another type, or its id is not its key's
    static VerifierKey parse(String vkey, byte type) {
        var parts = vkey.split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("a verifier key is name+id+base64");
        var bytes = Base64.getDecoder().decode(parts[2]);
        if (bytes.length != 33 || bytes[0] != type) {
            throw new IllegalArgumentException("not an Ed25519 verifier key of type " + type);
        }
        var key = new VerifierKey(parts[0], type, Arrays.copyOfRange(bytes, 1, 33));
        if (!key.vkey().equals(vkey)) throw new IllegalArgumentException("the key's id is not its hash");
        return key;
    }

    int keyId() {
        var hash = Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {type}, publicKey);
        return ByteBuffer.wrap(hash.shared()).getInt();
    }

    String vkey() {
        var key = ByteBuffer.allocate(33).put(type).put(publicKey).array();
        return name + "+" + HexFormat.of().toHexDigits(keyId()) + "+"
                + Base64.getEncoder().encodeToString(key);
    }

    /// The signatures of `note` that claim to be by this key: same name and same id.
    List<NoteSignature> claimed(Note note) {
        var id = keyId();
        return note.signatures().stream()
                .filter(signature -> signature.keyId() == id && signature.name().equals(name))
                .toList();
    }
}
