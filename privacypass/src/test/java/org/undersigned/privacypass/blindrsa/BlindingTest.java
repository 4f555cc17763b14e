package org.undersigned.privacypass.blindrsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/// Properties of blind signatures of any message in any variant: they verify only for their own message, key and
/// variant.
final class BlindingTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPair PAIR = pair();
    private static final RSAPrivateCrtKey SECRET = (RSAPrivateCrtKey) PAIR.getPrivate();
    private static final RSAPublicKey KEY = (RSAPublicKey) PAIR.getPublic();

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = 60)
    void everyMessageIsSignedWithoutBeingSeen(
            @ForAll Variant variant, @ForAll @Size(max = 2000) byte[] message, @ForAll int flip) throws Exception {
        var rsa = new BlindRsa(variant, RANDOM);
        var prepared = rsa.prepare(message);
        var blinded = rsa.blind(KEY, prepared);

        var signature =
                rsa.finish(KEY, prepared, rsa.blindSign(SECRET, KEY, blinded.blindedMessage()), blinded.inverse());

        assertThat(rsa.verify(KEY, prepared, signature)).isTrue();
        signature[Math.floorMod(flip, signature.length)] ^= (byte) (1 << (flip & 7));
        assertThat(rsa.verify(KEY, prepared, signature)).isFalse();
    }

    @Property(tries = 60)
    void blindingIsUndoneByItsInverse(@ForAll @Size(256) byte[] bytes) {
        var n = KEY.getModulus();
        var m = new BigInteger(1, bytes).mod(n);
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var blinded = rsa.blind(KEY, bytes);
        var inverse = new BigInteger(1, blinded.inverse());

        // blinded = encoded(m) · r^e, so (m · r^e) · (r^-1)^e gives m back for any m
        var r = inverse.modInverse(n);
        assertThat(m.multiply(r.modPow(KEY.getPublicExponent(), n))
                        .multiply(inverse.modPow(KEY.getPublicExponent(), n))
                        .mod(n))
                .isEqualTo(m);
        assertThat(new BigInteger(1, blinded.blindedMessage())).isLessThan(n);
    }

    @Property(tries = 20)
    void aSignatureOfOneVariantIsNoneOfAnotherSaltLength(@ForAll @Size(32) byte[] message) throws Exception {
        var salted = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var plain = new BlindRsa(Variant.RSABSSA_SHA384_PSSZERO_DETERMINISTIC, RANDOM);
        var blinded = salted.blind(KEY, message);
        var signature =
                salted.finish(KEY, message, salted.blindSign(SECRET, KEY, blinded.blindedMessage()), blinded.inverse());

        assertThat(plain.verify(KEY, message, signature)).isFalse();
    }

    @Property(tries = 20)
    void withAnotherPublicKeyNothingIsReleased(@ForAll @Size(255) byte[] rest) {
        var blinded = new byte[256];
        System.arraycopy(rest, 0, blinded, 1, rest.length);
        var other = (RSAPublicKey) pair().getPublic();
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);

        if (new BigInteger(1, blinded).signum() == 0) return; // 0 is its own signature under every key
        assertThatThrownBy(() -> rsa.blindSign(SECRET, other, blinded)).hasMessage("signing failure");
    }

    @Example
    void aSaltOrAFactorOutOfBoundsIsRefused() {
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, RANDOM);
        var salt = new byte[48];
        var one = BigInteger.ONE;

        assertThat(rsa.blind(KEY, salt, salt, one).inverse()).endsWith(1);
        assertThatThrownBy(() -> rsa.blind(KEY, salt, new byte[47], one)).hasMessageContaining("salt");
        for (var r : List.of(BigInteger.ZERO, one.negate(), KEY.getModulus(), SECRET.getPrimeP())) {
            assertThatThrownBy(() -> rsa.blind(KEY, salt, salt, r)).hasMessageContaining("blinding factor");
        }
    }
}
