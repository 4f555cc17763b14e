package org.undersigned.privacypass;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.blindrsa.RsaProvider;

/// An issuer's key for token type 2 (RFC 9578 §6.5): RSA-2048 with e = 65537, encoded as a SubjectPublicKeyInfo
/// of id-RSASSA-PSS with SHA-384, MGF1 with SHA-384, salt length 48. Always 342 bytes: 72 that are the same for
/// every key, 8 of DER, the 256 of the modulus, 5 of the exponent, and 1 sign byte.
public final class IssuerPublicKey {
    /// Bytes of the encoding.
    public static final int SPKI_SIZE = 342;

    // The JDK's encoder writes NULL parameters after the hash identifiers: 346 bytes, and therefore another key id.
    private static final byte[] BEFORE_MODULUS = HexFormat.of()
            .parseHex("30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202"
                    + "a11a301806092a864886f70d010108300b0609608648016503040202a2030201300382010f00"
                    + "3082010a0282010100");
    private static final byte[] AFTER_MODULUS = HexFormat.of().parseHex("0203010001");
    private static final BigInteger E = BigInteger.valueOf(65537);

    private final RSAPublicKey rsa;
    private final byte[] spki;
    private final byte[] keyId;

    private IssuerPublicKey(RSAPublicKey rsa, byte[] spki) {
        this.rsa = rsa;
        this.spki = spki;
        this.keyId = Sha256.of(spki);
    }

    /// Parses the encoding that clients and verifiers receive.
    ///
    /// @param spki 342 bytes, as written by [#spki]
    /// @return the key
    /// @throws MalformedException naming the length, or the first byte that breaks the format
    public static IssuerPublicKey parse(byte[] spki) {
        MalformedException.requireLength(spki, SPKI_SIZE, "an issuer key");
        requireSame(spki, 0, BEFORE_MODULUS);
        requireSame(spki, SPKI_SIZE - AFTER_MODULUS.length, AFTER_MODULUS);
        var modulus =
                new BigInteger(1, Arrays.copyOfRange(spki, BEFORE_MODULUS.length, SPKI_SIZE - AFTER_MODULUS.length));
        if (modulus.bitLength() != 2048) throw new MalformedException("byte 81: the modulus does not have 2048 bits");
        if (!modulus.testBit(0)) throw new MalformedException("byte 336: the modulus is even");
        try {
            var rsa = (RSAPublicKey) RsaProvider.keys().generatePublic(new RSAPublicKeySpec(modulus, E));
            return new IssuerPublicKey(rsa, spki.clone());
        } catch (GeneralSecurityException e) {
            throw new MalformedException("byte 81: not an RSA modulus");
        }
    }

    private static void requireSame(byte[] spki, int at, byte[] expected) {
        for (var i = 0; i < expected.length; i++) {
            if (spki[at + i] != expected[i])
                throw new MalformedException("byte " + (at + i) + " of an issuer key is wrong");
        }
    }

    /// Converts a JCA key.
    ///
    /// @param rsa RSA-2048 with e = 65537
    /// @return the key
    /// @throws MalformedException if it is another kind of key
    public static IssuerPublicKey of(RSAPublicKey rsa) {
        return of(rsa.getModulus(), rsa.getPublicExponent());
    }

    static IssuerPublicKey of(BigInteger n, BigInteger e) {
        if (n.bitLength() != 2048 || !e.equals(E)) {
            throw new MalformedException("a key for token type 2 must be RSA-2048 with e = 65537");
        }
        var spki = Arrays.copyOf(BEFORE_MODULUS, SPKI_SIZE);
        var modulus = n.toByteArray(); // 257 bytes: the first is 0x00, because the top bit is set
        System.arraycopy(modulus, 1, spki, BEFORE_MODULUS.length, 256);
        System.arraycopy(AFTER_MODULUS, 0, spki, SPKI_SIZE - AFTER_MODULUS.length, AFTER_MODULUS.length);
        return parse(spki);
    }

    /// The encoding (RFC 9578 §6.5).
    ///
    /// @return 342 bytes, a copy
    public byte[] spki() {
        return spki.clone();
    }

    /// token_key_id (RFC 9578 §6.5).
    ///
    /// @return SHA-256 of [#spki], 32 bytes, a copy
    public byte[] keyId() {
        return keyId.clone();
    }

    /// truncated_token_key_id (RFC 9578 §6.1).
    ///
    /// @return the last byte of [#keyId]
    public byte truncatedKeyId() {
        return keyId[keyId.length - 1];
    }

    /// The key as a JCA key.
    ///
    /// @return 2048 bits, e = 65537
    public RSAPublicKey rsa() {
        return rsa;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IssuerPublicKey that && MessageDigest.isEqual(spki, that.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }

    @Override
    public String toString() {
        return "IssuerPublicKey(" + HexFormat.of().formatHex(keyId) + ")";
    }
}
