package org.undersigned.ohttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;

/// Bouncy Castle's HPKE takes the other side of the exchange.
final class BouncyCastleTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HPKE THEIRS =
            new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

    @Test
    void itOpensWhatWeSealAndAnswers() throws Exception {
        var pair = THEIRS.generatePrivateKey();
        var key = new KeyConfig(
                3, THEIRS.serializePublicKey(pair.getPublic()), List.of(KeyConfig.Algorithms.HKDF_SHA256_AES_128_GCM));

        var sealed = SealedRequest.seal(key, MESSAGE, RANDOM).encode();

        var header = Arrays.copyOf(sealed, 7);
        var context = THEIRS.setupBaseR(Arrays.copyOfRange(sealed, 7, 39), pair, RequestHeader.info(header));
        assertThat(context.open(new byte[0], Arrays.copyOfRange(sealed, 39, sealed.length)))
                .isEqualTo(MESSAGE);
    }

    @Test
    void weOpenWhatItSeals() throws Exception {
        var key = GatewayKey.generate(4, RANDOM);
        var header = key.config().header();
        var context =
                THEIRS.setupBaseS(THEIRS.deserializePublicKey(key.config().publicKey()), RequestHeader.info(header));

        var sealed = Hpke.joined(header, context.getEncapsulation(), context.seal(new byte[0], MESSAGE));

        var opened = key.open(sealed);
        assertThat(opened.request()).isEqualTo(MESSAGE);
        var response = opened.seal(MESSAGE, RANDOM);
        var secret = context.export("message/bhttp response".getBytes(UTF_8), 16);
        var prk = Hpke.extract(Hpke.joined(context.getEncapsulation(), Arrays.copyOf(response, 16)), secret);
        assertThat(Hpke.open(
                        Hpke.expand(prk, "key".getBytes(UTF_8), 16),
                        Hpke.expand(prk, "nonce".getBytes(UTF_8), 12),
                        Arrays.copyOfRange(response, 16, response.length)))
                .isEqualTo(MESSAGE);
    }

    @Test
    void aStoredRequestOpensItsResponseAndNoOther() throws Exception {
        var key = GatewayKey.generate(4, RANDOM);
        var sealed = SealedRequest.seal(key.config(), MESSAGE, RANDOM);
        var restored = SealedRequest.restore(sealed.encode(), sealed.responseSecret());
        assertThat(restored.encode()).isEqualTo(sealed.encode());
        assertThat(restored.open(key.open(sealed.encode()).seal(MESSAGE, RANDOM)))
                .isEqualTo(MESSAGE);
        var other = SealedRequest.seal(key.config(), MESSAGE, RANDOM);
        var response = key.open(other.encode()).seal(MESSAGE, RANDOM);
        assertThatThrownBy(() -> restored.open(response)).isInstanceOf(NotOpenedException.class);
        assertThatThrownBy(() -> SealedRequest.restore(sealed.encode(), new byte[15]))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> SealedRequest.restore(new byte[3], sealed.responseSecret()))
                .isInstanceOf(MalformedException.class);
    }
}
