package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.undersigned.tlog.Note.NoteSignature;

/// A public key with its name and signature type (c2sp.org/signed-note), written `name+keyid+base64(type ‖ key)`.
///
/// @param type of c2sp.org/signed-note, "Signature types"
/// @param publicKey of the length that the type requires; the callers copy it
record VerifierKey(String name, byte type, byte[] publicKey) {
    /// A plain Ed25519 signature over the note's text.
    static final byte ED25519 = 1;

    /// A timestamped cosignature by Ed25519 (c2sp.org/tlog-cosignature).
    static final byte COSIGNATURE = 4;

    /// A timestamped cosignature by ML-DSA-44 (c2sp.org/tlog-cosignature).
    static final byte ML_DSA_44_COSIGNATURE = 6;

    VerifierKey {
        Note.requireName(name);
        var length = type == ML_DSA_44_COSIGNATURE ? MlDsa44.PUBLIC_KEY : 32;
        if (publicKey.length != length) {
            throw new IllegalArgumentException("a key of type " + type + " must have " + length + " bytes");
        }
        if (type == ML_DSA_44_COSIGNATURE && name.getBytes(StandardCharsets.UTF_8).length > 255) {
            throw new IllegalArgumentException("the name of a key of type 6 must have at most 255 bytes");
        }
    }

    /// @param types accepted types
    /// @throws IllegalArgumentException if it is malformed, has another type, or its id does not match its key
    static VerifierKey parse(String vkey, byte... types) {
        var parts = vkey.split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("a verifier key must be name+id+base64");
        var bytes = Base64.getDecoder().decode(parts[2]);
        for (var type : types) {
            if (bytes.length == 0 || bytes[0] != type) continue;
            var key = new VerifierKey(parts[0], type, Arrays.copyOfRange(bytes, 1, bytes.length));
            if (!key.vkey().equals(vkey)) throw new IllegalArgumentException("the key id does not match the key");
            return key;
        }
        var wanted = HexFormat.ofDelimiter(" or 0x").formatHex(types);
        throw new IllegalArgumentException("not a verifier key of type 0x" + wanted);
    }

    int keyId() {
        var hash = Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {type}, publicKey);
        return ByteBuffer.wrap(hash.shared()).getInt();
    }

    String vkey() {
        var key = ByteBuffer.allocate(1 + publicKey.length)
                .put(type)
                .put(publicKey)
                .array();
        return name + "+" + HexFormat.of().toHexDigits(keyId()) + "+"
                + Base64.getEncoder().encodeToString(key);
    }

    /// The signatures of `note` with this key's name and id.
    List<NoteSignature> claimed(Note note) {
        var id = keyId();
        return note.signatures().stream()
                .filter(signature -> signature.keyId() == id && signature.name().equals(name))
                .toList();
    }
}
