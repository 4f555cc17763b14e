package org.undersigned.ohttp;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/// Keys of X25519 (RFC 7748) as their 32 bytes.
final class X25519 {
    static final int SIZE = 32;

    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    private X25519() {}

    /// @throws MalformedException if there are not 32 bytes, or they are not below the field's prime
    static PublicKey publicKey(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new MalformedException("a public key must have " + SIZE + " bytes, not " + bytes.length);
        }
        var u = new BigInteger(1, reversed(bytes));
        if (u.compareTo(PRIME) >= 0) throw new MalformedException("a public key must be below 2^255 - 19");
        return point(u);
    }

    private static PublicKey point(BigInteger u) {
        try {
            return KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has X25519", e);
        }
    }

    /// @throws MalformedException if there are not 32 bytes
    static PrivateKey privateKey(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new MalformedException("a private key must have " + SIZE + " bytes, not " + bytes.length);
        }
        try {
            return KeyFactory.getInstance("X25519")
                    .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has X25519", e);
        }
    }

    /// The public key of a private key: 32 bytes.
    static byte[] publicKeyOf(PrivateKey key) {
        try {
            var agreement = KeyAgreement.getInstance("X25519");
            agreement.init(key);
            agreement.doPhase(point(BASE_POINT), true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every private key has a public key", e);
        }
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) reversed[i] = bytes[bytes.length - 1 - i];
        return reversed;
    }
}
