package org.undersigned.tlog;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Ed25519 (RFC 8032 §5.1) with raw keys: seeds and public keys of 32 bytes, signatures of 64. Uses the first JCA
/// provider that supports it.
public final class Ed25519 {
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /// Derives the public key of a seed (RFC 8032 §5.1.5).
    ///
    /// @param seed 32 bytes
    /// @return 32 bytes
    /// @throws IllegalArgumentException if the seed has another length
    public static byte[] publicKey(byte[] seed) {
        try {
            // The JDK derives a public key only when it generates a pair, and uses the 32 random bytes it reads as
            // the seed.
            var generator = KeyPairGenerator.getInstance("Ed25519", "SunEC");
            generator.initialize(NamedParameterSpec.ED25519, new SeedRandom(requireLength(seed, 32, "a seed")));
            var point = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getPoint();
            var bytes = new byte[32];
            var y = point.getY().toByteArray();
            for (var i = 0; i < Math.min(32, y.length); i++) bytes[i] = y[y.length - 1 - i];
            if (point.isXOdd()) bytes[31] |= (byte) 0x80;
            return bytes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Signs `message` (RFC 8032 §5.1.6).
    ///
    /// @param seed 32 bytes
    /// @param message of any length
    /// @return 64 bytes, always the same for the same message
    /// @throws IllegalArgumentException if the seed has another length
    public static byte[] sign(byte[] seed, byte[] message) {
        return sign(privateKey(seed), message);
    }

    /// Like [#sign(byte\[\], byte\[\])], with the key that [#privateKey] makes of the seed once.
    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// True if `signature` is a valid signature of `message` by `publicKey` (RFC 8032 §5.1.7).
    ///
    /// @param publicKey 32 bytes
    /// @param message of any length
    /// @param signature 64 bytes
    /// @return false, never an exception, also for a wrong length or a point that is not on the curve
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != 32 || signature.length != 64) return false;
        try {
            var key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(join(X509_PREFIX, publicKey)));
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException
                | java.security.InvalidKeyException
                | java.security.spec.InvalidKeySpecException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @throws IllegalArgumentException if the seed has not 32 bytes
    static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(join(PKCS8_PREFIX, requireLength(seed, 32, "a seed"))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] requireLength(byte[] bytes, int length, String what) {
        if (bytes.length != length) throw new IllegalArgumentException(what + " must have " + length + " bytes");
        return bytes;
    }

    private static byte[] join(byte[] a, byte[] b) {
        var joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
