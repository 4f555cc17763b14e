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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.undersigned.privacypass.Vectors;

/// RFC 9474 appendix A, and what §4 says must be refused.
final class Rfc9474Test {
    private static final SecureRandom RANDOM = new SecureRandom();

    static List<Map<String, String>> vectors() {
        return Vectors.read("rfc9474-appendix-a.txt");
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
        assertThat(vectors()).extracting(vector -> vector.get("variant")).containsExactlyInAnyOrder(names());
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

    @Test
    void aKeyOutOfBoundsIsRefused() throws Exception {
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var small = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(
                        new RSAPublicKeySpec(BigInteger.ONE.shiftLeft(1023).setBit(0), BigInteger.valueOf(65537)));

        assertThatThrownBy(() -> rsa.blind(small, new byte[1])).hasMessageContaining("2048 to 8192 bits");
    }
}
