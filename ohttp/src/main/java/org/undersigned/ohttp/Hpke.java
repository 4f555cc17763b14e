package org.undersigned.ohttp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.DecapsulateException;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// HPKE (RFC 9180) in base mode, for one message in each direction: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
/// AES-128-GCM.
final class Hpke {
    static final int KEM_ID = 0x0020;
    static final int KDF_ID = 0x0001;
    static final int AEAD_ID = 0x0001;
    /// Bytes of the encapsulated key.
    static final int ENCAPSULATED = 32;
    /// Bytes that sealing adds.
    static final int TAG = 16;
    /// Bytes of the AEAD's key.
    static final int KEY = 16;
    /// Bytes of the AEAD's nonce.
    static final int NONCE = 12;

    private static final int HASH = 32;
    private static final byte[] SUITE = ByteBuffer.allocate(10)
            .put("HPKE".getBytes(US_ASCII))
            .putShort((short) KEM_ID)
            .putShort((short) KDF_ID)
            .putShort((short) AEAD_ID)
            .array();
    private static final byte[] NOTHING = {};

    private Hpke() {}

    /// What both sides derive (RFC 9180 §5.1).
    ///
    /// @param encapsulated the sender's encapsulated key, 32 bytes
    record Context(byte[] encapsulated, byte[] key, byte[] nonce, byte[] exporterSecret) {
        /// Export (RFC 9180 §5.3).
        byte[] export(byte[] context, int length) {
            return labeledExpand(exporterSecret, "sec", context, length);
        }

        byte[] seal(byte[] plaintext) {
            return Hpke.seal(key, nonce, plaintext);
        }

        byte[] open(byte[] sealed) throws NotOpenedException {
            return Hpke.open(key, nonce, sealed);
        }
    }

    /// SetupBaseS (RFC 9180 §5.1.1).
    static Context sender(PublicKey recipient, byte[] info, SecureRandom random) {
        try {
            var made = KEM.getInstance("DHKEM")
                    .newEncapsulator(recipient, null, random)
                    .encapsulate();
            return schedule(made.encapsulation(), made.key(), info);
        } catch (ProviderException e) { // what the JDK throws for a key of small order
            throw new MalformedException("the public key has small order");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has DHKEM with X25519", e);
        }
    }

    /// SetupBaseR (RFC 9180 §5.1.1).
    ///
    /// @throws NotOpenedException if the encapsulated key is no point, or one of small order
    static Context recipient(PrivateKey key, byte[] encapsulated, byte[] info) throws NotOpenedException {
        try {
            var shared = KEM.getInstance("DHKEM").newDecapsulator(key).decapsulate(encapsulated);
            return schedule(encapsulated, shared, info);
        } catch (DecapsulateException e) {
            throw new NotOpenedException("the encapsulated key is not usable");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has DHKEM with X25519", e);
        }
    }

    /// KeySchedule (RFC 9180 §5.1) of the base mode.
    private static Context schedule(byte[] encapsulated, SecretKey shared, byte[] info) {
        var context = ByteBuffer.allocate(1 + 2 * HASH)
                .put((byte) 0)
                .put(labeledExtract(NOTHING, "psk_id_hash", NOTHING))
                .put(labeledExtract(NOTHING, "info_hash", info))
                .array();
        var secret = labeledExtract(shared.getEncoded(), "secret", NOTHING);
        return new Context(
                encapsulated,
                labeledExpand(secret, "key", context, KEY),
                labeledExpand(secret, "base_nonce", context, NONCE),
                labeledExpand(secret, "exp", context, HASH));
    }

    /// LabeledExtract (RFC 9180 §4).
    private static byte[] labeledExtract(byte[] salt, String label, byte[] input) {
        return extract(salt, joined("HPKE-v1".getBytes(US_ASCII), SUITE, label.getBytes(US_ASCII), input));
    }

    /// LabeledExpand (RFC 9180 §4).
    private static byte[] labeledExpand(byte[] key, String label, byte[] info, int length) {
        byte[] size = {(byte) (length >> 8), (byte) length};
        return expand(key, joined(size, "HPKE-v1".getBytes(US_ASCII), SUITE, label.getBytes(US_ASCII), info), length);
    }

    /// HKDF-Extract (RFC 5869) with SHA-256.
    static byte[] extract(byte[] salt, byte[] input) {
        try {
            var spec = HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(input).extractOnly();
            return KDF.getInstance("HKDF-SHA256").deriveData(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has HKDF-SHA256", e);
        }
    }

    /// HKDF-Expand (RFC 5869) with SHA-256.
    static byte[] expand(byte[] key, byte[] info, int length) {
        try {
            var spec = HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "Generic"), info, length);
            return KDF.getInstance("HKDF-SHA256").deriveData(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has HKDF-SHA256", e);
        }
    }

    /// AES-128-GCM without additional data.
    static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has AES-GCM", e);
        }
    }

    /// @throws NotOpenedException if the tag is wrong
    static byte[] open(byte[] key, byte[] nonce, byte[] sealed) throws NotOpenedException {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw new NotOpenedException("sealed to another key, or changed on its way");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
        return cipher;
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (var part : parts) length += part.length;
        var joined = ByteBuffer.allocate(length);
        for (var part : parts) joined.put(part);
        return joined.array();
    }
}
