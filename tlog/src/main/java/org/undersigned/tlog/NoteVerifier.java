package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A note's public key of type Ed25519 (c2sp.org/signed-note), written `name+keyid+base64(0x01 ‖ key)`.
public final class NoteVerifier {
    private static final byte ED25519 = 1;

    private final String name;
    private final byte[] publicKey;
    private final int keyId;

    private NoteVerifier(String name, byte[] publicKey) {
        Note.requireName(name);
        if (publicKey.length != 32) throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
        this.name = name;
        this.publicKey = publicKey.clone();
        this.keyId = keyId(name, publicKey);
    }

    /// @param publicKey 32 bytes
    public static NoteVerifier ed25519(String name, byte[] publicKey) {
        return new NoteVerifier(name, publicKey);
    }

    /// Reads a verifier key.
    ///
    /// @throws IllegalArgumentException if it is malformed, of another type, or its id is not its key's
    public static NoteVerifier parse(String vkey) {
        var parts = vkey.split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("a verifier key is name+id+base64");
        var key = Base64.getDecoder().decode(parts[2]);
        if (key.length != 33 || key[0] != ED25519) throw new IllegalArgumentException("not an Ed25519 verifier key");
        var verifier = new NoteVerifier(parts[0], Arrays.copyOfRange(key, 1, 33));
        if (!verifier.vkey().equals(vkey)) throw new IllegalArgumentException("the key's id is not its hash");
        return verifier;
    }

    private static int keyId(String name, byte[] publicKey) {
        var hash = Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {ED25519}, publicKey);
        return ByteBuffer.wrap(hash.shared()).getInt();
    }

    public String name() {
        return name;
    }

    /// The first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ key).
    public int keyId() {
        return keyId;
    }

    /// 32 bytes.
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// As written in configuration files.
    public String vkey() {
        var key = ByteBuffer.allocate(33).put(ED25519).put(publicKey).array();
        return name + "+" + HexFormat.of().toHexDigits(keyId) + "+"
                + Base64.getEncoder().encodeToString(key);
    }

    /// Whether `note` carries a valid signature by this key. A signature in this key's name and id that does not
    /// verify spoils the note, whatever else it carries.
    public boolean verify(Note note) {
        var text = note.text().getBytes(StandardCharsets.UTF_8);
        var own = note.signatures().stream()
                .filter(signature -> signature.name().equals(name) && signature.keyId() == keyId)
                .toList();
        return !own.isEmpty()
                && own.stream().allMatch(signature -> Ed25519.verify(publicKey, text, signature.signature()));
    }

    @Override
    public String toString() {
        return vkey();
    }
}
