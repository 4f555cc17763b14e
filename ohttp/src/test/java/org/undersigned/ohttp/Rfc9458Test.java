package org.undersigned.ohttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The complete example of RFC 9458 appendix A, and what a gateway or client must refuse.
final class Rfc9458Test {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SECRET_KEY = hex("3c168975674b2fa8e465970b79c8dcf09f1c741626480bd4c6162fc5b6a98e1a");
    private static final byte[] CONFIG =
            hex("01002031e1f05a740102115220e9af918f738674aec95f54db6e04eb705aae8e79815500080001000100010003");
    private static final byte[] REQUEST = hex("00034745540568747470730b6578616d706c652e636f6d012f");
    private static final byte[] EPHEMERAL = hex("bc51d5e930bda26589890ac7032f70ad12e4ecb37abb1b65b1256c9c48999c73");
    private static final byte[] ENCAPSULATED_REQUEST =
            hex("010020000100014b28f881333e7c164ffc499ad9796f877f4e1051ee6d31bad19dec96c208b472"
                    + "6374e469135906992e1268c594d2a10c695d858c40a026e7965e7d86b83dd440b2c0185204b4d63525");
    private static final byte[] RESPONSE = hex("0140c8");
    private static final byte[] RESPONSE_NONCE = hex("c789e7151fcba46158ca84b04464910d");
    private static final byte[] ENCAPSULATED_RESPONSE =
            hex("c789e7151fcba46158ca84b04464910d86f9013e404feea014e7be4a441f234f857fbd");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /// A random source that returns the published value.
    private static SecureRandom chance(byte[] value) {
        return new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                assertThat(bytes).hasSameSizeAs(value);
                System.arraycopy(value, 0, bytes, 0, value.length);
            }
        };
    }

    @Test
    void theConfigurationIsReadAndWritten() {
        var config = KeyConfig.parse(CONFIG);

        assertThat(config.id()).isEqualTo(1);
        assertThat(config.publicKey())
                .isEqualTo(GatewayKey.restore(1, SECRET_KEY).config().publicKey());
        assertThat(config.algorithms())
                .containsExactly(KeyConfig.Algorithms.HKDF_SHA256_AES_128_GCM, new KeyConfig.Algorithms(1, 3));
        assertThat(config.encode()).isEqualTo(CONFIG);
        assertThat(KeyConfig.parseList(KeyConfig.encodeList(List.of(config, config))))
                .extracting(KeyConfig::encode)
                .containsExactly(CONFIG, CONFIG);
    }

    @Test
    void aRequestIsSealedAndOpenedAsPublished() throws Exception {
        var sealed = SealedRequest.seal(KeyConfig.parse(CONFIG), REQUEST, chance(EPHEMERAL));

        assertThat(sealed.encode()).isEqualTo(ENCAPSULATED_REQUEST);
        assertThat(sealed.encode()).hasSize(REQUEST.length + SealedRequest.OVERHEAD);
        var opened = GatewayKey.restore(1, SECRET_KEY).open(ENCAPSULATED_REQUEST);
        assertThat(opened.request()).isEqualTo(REQUEST);
        assertThat(GatewayKey.keyId(ENCAPSULATED_REQUEST)).isEqualTo(1);
        assertThat(ENCAPSULATED_REQUEST).contains(opened.encapsulatedKey());
    }

    @Test
    void aResponseIsSealedAndOpenedAsPublished() throws Exception {
        var sealed = SealedRequest.seal(KeyConfig.parse(CONFIG), REQUEST, chance(EPHEMERAL));
        var opened = GatewayKey.restore(1, SECRET_KEY).open(sealed.encode());

        assertThat(opened.seal(RESPONSE, chance(RESPONSE_NONCE))).isEqualTo(ENCAPSULATED_RESPONSE);
        assertThat(ENCAPSULATED_RESPONSE).hasSize(RESPONSE.length + OpenedRequest.OVERHEAD);
        assertThat(sealed.open(ENCAPSULATED_RESPONSE)).isEqualTo(RESPONSE);
    }

    @Test
    void theMessagesAreReadAndWrittenAsPublished() {
        var request = new BinaryRequest("GET", "https", "example.com", "/", List.of(), new byte[0]);

        assertThat(request.encode()).isEqualTo(REQUEST);
        assertThat(BinaryRequest.parse(REQUEST)).isEqualTo(request);
        assertThat(new BinaryResponse(200, List.of(), new byte[0]).encode()).isEqualTo(RESPONSE);
        assertThat(BinaryResponse.parse(RESPONSE).status()).isEqualTo(200);
    }

    @Test
    void whatWasChangedOrIsForAnotherIsNotOpened() throws Exception {
        var key = GatewayKey.generate(7, RANDOM);
        var sealed = SealedRequest.seal(key.config(), REQUEST, RANDOM);
        for (int at = 0; at < sealed.encode().length; at++) {
            var changed = sealed.encode();
            changed[at] ^= 1;
            assertThatThrownBy(() -> key.open(changed)).isInstanceOf(NotOpenedException.class);
        }
        assertThatThrownBy(() -> GatewayKey.generate(7, RANDOM).open(sealed.encode()))
                .isInstanceOf(NotOpenedException.class);
        assertThatThrownBy(() -> key.open(new byte[10])).isInstanceOf(MalformedException.class);

        var response = key.open(sealed.encode()).seal(RESPONSE, RANDOM);
        for (int at = 0; at < response.length; at++) {
            var changed = response.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> sealed.open(changed)).isInstanceOf(NotOpenedException.class);
        }
        assertThatThrownBy(
                        () -> SealedRequest.seal(key.config(), REQUEST, RANDOM).open(response))
                .isInstanceOf(NotOpenedException.class);
        assertThatThrownBy(() -> sealed.open(new byte[31])).isInstanceOf(MalformedException.class);
    }

    @Test
    void theSameRequestIsSealedToOtherBytesEachTime() {
        var config = GatewayKey.generate(0, RANDOM).config();
        assertThat(SealedRequest.seal(config, REQUEST, RANDOM).encode())
                .isNotEqualTo(SealedRequest.seal(config, REQUEST, RANDOM).encode());
    }

    @Test
    void aStoredKeyOpensWhatItOpenedBefore() throws Exception {
        var key = GatewayKey.generate(255, RANDOM);
        var sealed = SealedRequest.seal(KeyConfig.parse(key.config().encode()), REQUEST, RANDOM);

        assertThat(GatewayKey.restore(255, key.secretKey())
                        .open(sealed.encode())
                        .request())
                .isEqualTo(REQUEST);
    }

    @Test
    void keysOfSmallOrderOrBeyondThePrimeAreRefused() {
        var zero = new byte[32];
        var none = new KeyConfig(1, zero, List.of(KeyConfig.Algorithms.HKDF_SHA256_AES_128_GCM));
        assertThatThrownBy(() -> SealedRequest.seal(none, REQUEST, RANDOM)).isInstanceOf(MalformedException.class);
        var sealed = SealedRequest.seal(GatewayKey.restore(1, SECRET_KEY).config(), REQUEST, RANDOM)
                .encode();
        System.arraycopy(zero, 0, sealed, 7, 32);
        assertThatThrownBy(() -> GatewayKey.restore(1, SECRET_KEY).open(sealed)).isInstanceOf(NotOpenedException.class);
        var beyond = new byte[32];
        java.util.Arrays.fill(beyond, (byte) 0xff);
        assertThatThrownBy(() -> new KeyConfig(1, beyond, none.algorithms())).hasMessageContaining("2^255 - 19");
    }

    @Test
    void aConfigurationWithOtherAlgorithmsOnlyIsNotUsed() {
        var chaCha = new KeyConfig(1, KeyConfig.parse(CONFIG).publicKey(), List.of(new KeyConfig.Algorithms(1, 3)));
        assertThatThrownBy(() -> SealedRequest.seal(chaCha, REQUEST, RANDOM)).hasMessageContaining("AES-128-GCM");
    }
}
