package org.undersigned.tlog;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// ML-DSA-44 (FIPS 204 §5: pure, without context) with raw keys, computed by the JDK's own provider.
final class MlDsa44 {
    /// Length of a key pair's seed ξ in bytes (FIPS 204 §5.1).
    static final int SEED = 32;

    /// Length of a public key in bytes.
    static final int PUBLIC_KEY = 1_312;

    /// Length of a signature in bytes.
    static final int SIGNATURE = 2_420;

    private static final String NAME = "ML-DSA-44";
    private static final String PROVIDER = "SUN";
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private MlDsa44() {}

    /// The public key of a seed.
    ///
    /// @throws IllegalArgumentException if the seed is not 32 bytes
    static byte[] publicKey(byte[] seed) {
        var encoded = pair(seed).getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
    }

    /// Signs `message`; each call returns a different signature (FIPS 204 §3.4, hedged).
    static byte[] sign(byte[] seed, byte[] message) {
        try {
            var signature = Signature.getInstance(NAME, PROVIDER);
            signature.initSign(pair(seed).getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// True if `signature` is valid for `publicKey` and `message`; false, never an exception, for a wrong length.
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY || signature.length != SIGNATURE) return false;
        var encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + PUBLIC_KEY);
        System.arraycopy(publicKey, 0, encoded, X509_PREFIX.length, PUBLIC_KEY);
        try {
            var key = KeyFactory.getInstance(NAME, PROVIDER).generatePublic(new X509EncodedKeySpec(encoded));
            var verifier = Signature.getInstance(NAME, PROVIDER);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(byte[] seed) {
        if (seed.length != SEED) throw new IllegalArgumentException("a seed must have 32 bytes");
        try {
            var generator = KeyPairGenerator.getInstance(NAME, PROVIDER);
            generator.initialize(NamedParameterSpec.ML_DSA_44, new SeedRandom(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
