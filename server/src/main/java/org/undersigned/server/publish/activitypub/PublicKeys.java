package org.undersigned.server.publish.activitypub;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads and writes RSA public keys as actors publish them: PEM (RFC 7468) of a SubjectPublicKeyInfo or, from
/// Mobilizon of 2019, of a PKCS #1 key.
final class PublicKeys {
    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 8192;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);
    private static final int MOST_EXPONENT_BITS = 64;
    private static final int LONGEST = 4096;
    private static final int LINE = 64;
    private static final Pattern PEM = Pattern.compile(
            "\\s*-----BEGIN (RSA )?PUBLIC KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END (RSA )?PUBLIC KEY-----\\s*");
    /// The algorithm rsaEncryption (RFC 8017 appendix A.1) with its empty parameters.
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private PublicKeys() {}

    static String pem(byte[] subjectPublicKeyInfo) {
        var base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(subjectPublicKeyInfo);
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /// @return null if it is not an RSA key of 2048 to 8192 bits with a small odd exponent
    static @Nullable PublicKey parse(String pem) {
        var matcher = PEM.matcher(pem);
        if (pem.length() > LONGEST || !matcher.matches()) return null;
        try {
            var der = Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", ""));
            var info = matcher.group(1) == null ? der : wrapPkcs1(der);
            var key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info));
            return key instanceof RSAPublicKey rsa && isUsable(rsa) ? key : null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isUsable(RSAPublicKey key) {
        var bits = key.getModulus().bitLength();
        var exponent = key.getPublicExponent();
        return bits >= LEAST_BITS
                && bits <= MOST_BITS
                && exponent.testBit(0)
                && exponent.compareTo(LEAST_EXPONENT) >= 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS;
    }

    /// Returns a SubjectPublicKeyInfo (RFC 5280 §4.1) around an RSAPublicKey.
    private static byte[] wrapPkcs1(byte[] key) {
        var string = ByteBuffer.allocate(key.length + 1).put((byte) 0).put(key).array(); // no unused bits
        var bits = der(0x03, string);
        return der(
                0x30,
                ByteBuffer.allocate(RSA.length + bits.length).put(RSA).put(bits).array());
    }

    /// DER: a tag, the length (two bytes of it are enough here), the content.
    private static byte[] der(int tag, byte[] content) {
        return ByteBuffer.allocate(content.length + 4)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
