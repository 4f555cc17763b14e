package org.undersigned.privacypass.blindrsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.undersigned.privacypass.TestVectors;

/// The vectors of RFC 9474 appendix A, and the inputs that §4 requires to refuse.
final class Rfc9474Test {
    private static final SecureRandom RANDOM = new SecureRandom();

    static List<Map<String, String>> vectors() {
        return TestVectors.read("rfc9474-appendix-a.txt");
    }

    private static byte[] hex(Map<String, String> vector, String name) {
        return HexFormat.of().parseHex(vector.getOrDefault(name, ""));
    }

    private static BigInteger number(Map<String, String> vector, String name) {
        return new BigInteger(vector.getOrDefault(name, ""), 16);
    }

    private static RSAPublicKey publicKey(Map<String, String> vector) throws Exception {
        return (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(vector, "n"), number(vector, "e")));
    }

    private static RSAPrivateCrtKey privateKey(Map<String, String> vector) throws Exception {
        var p = number(vector, "p");
        var q = number(vector, "q");
        var d = number(vector, "d");
        var one = BigInteger.ONE;
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        number(vector, "n"),
                        number(vector, "e"),
                        d,
                        p,
                        q,
                        d.mod(p.subtract(one)),
                        d.mod(q.subtract(one)),
                        q.modInverse(p)));
    }

    @Test
    void thereIsAVectorForEachVariant() {
        assertThat(vectors()).extracting(vector -> vector.get("variant")).contains(names());
        assertThat(vectors())
                .hasSize(5)
                .filteredOn(vector -> vector.containsKey("encoded_msg"))
                .hasSize(4);
        assertThat(vectors())
                .extracting(vector -> number(vector, "n").bitLength())
                .contains(2048, 4096);
    }

    private static String[] names() {
        return java.util.Arrays.stream(Variant.values()).map(Enum::name).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyPublishedNumberIsReproduced(Map<String, String> vector) throws Exception {
        var variant = Variant.valueOf(vector.getOrDefault("variant", ""));
        var rsa = new BlindRsa(variant, RANDOM);
        var key = publicKey(vector);
        var prepared = hex(vector, "input_msg");
        assertThat(prepared).hasSize(variant.prefixLength() + hex(vector, "msg").length);
        var inverse = new BigInteger(1, hex(vector, "inv"));

        if (vector.containsKey("encoded_msg")) {
            assertThat(Pss.encode(prepared, key.getModulus().bitLength() - 1, hex(vector, "salt")))
                    .isEqualTo(hex(vector, "encoded_msg"));
        }
        var blinded = rsa.blind(key, prepared, hex(vector, "salt"), inverse.modInverse(key.getModulus()));
        assertThat(blinded.blindedMessage()).isEqualTo(hex(vector, "blinded_msg"));
        assertThat(new BigInteger(1, blinded.inverse())).isEqualTo(inverse);
        var blindSignature = rsa.blindSign(privateKey(vector), blinded.blindedMessage());
        assertThat(blindSignature).isEqualTo(hex(vector, "blind_sig"));
        assertThat(rsa.finish(key, prepared, blindSignature, blinded.inverse())).isEqualTo(hex(vector, "sig"));
        assertThat(rsa.verify(key, prepared, hex(vector, "sig"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFreshMessageGoesTheWholeWayAndNothingElseVerifies(Variant variant) throws Exception {
        var vector = vectors().getFirst();
        var rsa = new BlindRsa(variant, RANDOM);
        var key = publicKey(vector);
        var prepared = rsa.prepare(new byte[] {1, 2, 3});
        var blinded = rsa.blind(key, prepared);

        var signature = rsa.finish(
                key, prepared, rsa.blindSign(privateKey(vector), blinded.blindedMessage()), blinded.inverse());

        assertThat(rsa.verify(key, prepared, signature)).isTrue();
        assertThat(rsa.verify(key, new byte[] {1, 2, 4}, signature)).isFalse();
        signature[100] ^= 1;
        assertThat(rsa.verify(key, prepared, signature)).isFalse();
    }

    @Test
    void blindingTheSameMessageTwiceLooksDifferent() throws Exception {
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var key = publicKey(vectors().getFirst());

        assertThat(rsa.blind(key, new byte[1])).isNotEqualTo(rsa.blind(key, new byte[1]));
    }

    @Test
    void aWrongBlindSignatureIsRefused() throws Exception {
        var vector = vectors().getFirst();
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var key = publicKey(vector);
        var blinded = rsa.blind(key, new byte[1]);
        var wrong =
                rsa.blindSign(privateKey(vector), rsa.blind(key, new byte[1]).blindedMessage());

        assertThatThrownBy(() -> rsa.finish(key, new byte[1], wrong, blinded.inverse()))
                .isInstanceOf(InvalidSignature.class);
        assertThatThrownBy(() -> rsa.finish(key, new byte[1], new byte[3], blinded.inverse()))
                .isInstanceOf(InvalidSignature.class);
    }

    @Test
    void aBlindedMessageOutOfRangeIsRefused() throws Exception {
        var vector = vectors().getFirst();
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var key = privateKey(vector);
        var modulus = hex(vector, "n");

        assertThatThrownBy(() -> rsa.blindSign(key, modulus)).hasMessageContaining("out of range");
        assertThatThrownBy(() -> rsa.blindSign(key, new byte[255])).hasMessageContaining("bytes, not 255");
    }

    /// A key that no JCA provider creates: numbers from outside must be checked before they are used.
    private record Numbers(BigInteger getModulus, BigInteger getPublicExponent) implements RSAPublicKey {
        private static final long serialVersionUID = 1;

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    private static final BigInteger E = BigInteger.valueOf(65537);
    private static final BigInteger N = BigInteger.ONE.shiftLeft(2047).setBit(0);

    static List<Arguments> keysOutOfBounds() {
        var modulus = "a modulus must be odd and have 2048 to 8192 bits";
        var exponent = "a public exponent must be odd, at least 3 and at most 64 bits long";
        return List.of(
                Arguments.of("n = 1", BigInteger.ONE, E, modulus),
                Arguments.of("n = 0", BigInteger.ZERO, E, modulus),
                Arguments.of("n negative", N.negate(), E, modulus),
                Arguments.of("2047 bits", BigInteger.ONE.shiftLeft(2046).setBit(0), E, modulus),
                Arguments.of("8193 bits", BigInteger.ONE.shiftLeft(8192).setBit(0), E, modulus),
                Arguments.of(
                        "3,000,000 bits", BigInteger.ONE.shiftLeft(2_999_999).setBit(0), E, modulus),
                Arguments.of("even", N.clearBit(0), E, modulus),
                Arguments.of("e = 1", N, BigInteger.ONE, exponent),
                Arguments.of("e = 4", N, BigInteger.valueOf(4), exponent),
                Arguments.of("e = -3", N, BigInteger.valueOf(-3), exponent),
                Arguments.of("e of 65 bits", N, BigInteger.ONE.shiftLeft(64).setBit(0), exponent));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keysOutOfBounds")
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void aKeyOutOfBoundsIsRefusedBeforeAnythingIsComputed(String name, BigInteger n, BigInteger e, String why) {
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var key = new Numbers(n, e);
        var length = (n.bitLength() + 7) / 8;

        assertThatThrownBy(() -> rsa.blind(key, new byte[1])).as(name).hasMessage(why);
        assertThatThrownBy(() -> rsa.finish(key, new byte[1], new byte[length], new byte[length]))
                .as(name)
                .hasMessage(why);
        assertThatThrownBy(() -> rsa.verify(key, new byte[1], new byte[length]))
                .as(name)
                .hasMessage(why);
    }

    /// RFC 9474 §4.2, step 4: "If not (if m is not coprime with n), raise 'invalid input'".
    @Test
    void aMessageThatSharesAFactorWithTheModulusIsRefused() {
        var salt = new byte[48];
        var message = new byte[] {7};
        var encoded = new BigInteger(1, Pss.encode(message, 2047, salt));
        var odd = encoded.shiftRight(encoded.getLowestSetBit());
        var times = BigInteger.ONE;
        while (odd.multiply(times).bitLength() < 2048) times = times.add(BigInteger.TWO);
        var n = odd.multiply(times);
        assertThat(n.bitLength()).isEqualTo(2048);
        var shared = new Numbers(n, E);

        assertThatThrownBy(() -> new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM)
                        .blind(shared, message, salt, BigInteger.ONE))
                .hasMessage("invalid input: not coprime to the modulus");
    }
}
