package org.undersigned.server.platform.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals every other secret key for storage: AES-256-GCM, 12-byte nonce, 16-byte tag, the secret's name as
/// associated data, so that a sealed key moved to another row does not open.
public final class MasterKey {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final SecureRandom random;

    private MasterKey(byte[] key, SecureRandom random) {
        if (key.length != 32) throw new IllegalArgumentException("a master key must have 32 bytes, not " + key.length);
        this.key = key;
        this.random = random;
    }

    /// Parses a key from the environment: 32 bytes in base64.
    public static MasterKey parse(String base64, SecureRandom random) {
        try {
            return new MasterKey(Base64.getDecoder().decode(base64.strip()), random);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("UNDERSIGNED_MASTER_KEY must be 32 bytes in base64");
        }
    }

    /// Reads `file`, or creates it (mode 0600, synced) if it does not exist.
    public static MasterKey at(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .endsWith("------")) {
                throw new IOException(file + " must be readable by its owner only (chmod 600)");
            }
            try {
                return parse(Files.readString(file), random);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " does not contain 32 bytes in base64; put your copy of the key there", e);
            }
        }
        var key = new byte[32];
        random.nextBytes(key);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        // The file is complete or absent: a crash leaves at most the temporary file, which nothing reads.
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (var channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            var text = ByteBuffer.wrap(
                    (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) channel.write(text);
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true); // so that the new name also survives a power cut
        }
        return new MasterKey(key, random);
    }

    public byte[] seal(String name, byte[] secret) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var sealed = gcm(Cipher.ENCRYPT_MODE, name, nonce, secret);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    /// @throws IllegalStateException if this master key did not seal `sealed` under `name`
    public byte[] open(String name, byte[] sealed) {
        return gcm(
                Cipher.DECRYPT_MODE,
                name,
                Arrays.copyOf(sealed, NONCE),
                Arrays.copyOfRange(sealed, NONCE, sealed.length));
    }

    /// A password derived from this key: 43 characters, the same at every start.
    public String password(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new HmacKey(key).tag("undersigned/v1/password/" + name));
    }

    /// A key for one purpose derived from this key: 32 bytes, the same at every start and on every node.
    public byte[] derive(String purpose) {
        return new HmacKey(key).tag("undersigned/v1/key/" + purpose);
    }

    private byte[] gcm(int mode, String name, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the master key cannot decrypt \"" + name + "\"; use the key with which this data was created", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey(hidden)";
    }
}
