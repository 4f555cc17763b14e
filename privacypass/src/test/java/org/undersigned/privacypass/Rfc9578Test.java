package org.undersigned.privacypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published vectors of RFC 9577 and RFC 9578 §A.2, and what is not canonical.
final class Rfc9578Test {
    private static final Issuer ISSUER = Issuer.generate();

    static List<Map<String, String>> issuance() {
        return Vectors.read("rfc9578-appendix-a2.txt");
    }

    static List<Map<String, String>> challenges() {
        return Vectors.read("rfc9577-appendix.txt");
    }

    private static byte[] hex(Map<String, String> vector, String name) {
        return HexFormat.of().parseHex(vector.getOrDefault(name, ""));
    }

    private static String text(Map<String, String> vector, String name) {
        return new String(hex(vector, name), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("issuance")
    void anIssuerAnswersAsPublished(Map<String, String> vector) throws Exception {
        var issuer = Issuer.fromPkcs8(hex(vector, "skS"));
        var key = IssuerPublicKey.parse(hex(vector, "pkS"));
        assertThat(issuer.publicKey()).isEqualTo(key);
        assertThat(issuer.publicKey().spki()).isEqualTo(hex(vector, "pkS"));

        var request = hex(vector, "token_request"); // u16 type, u8 truncated key id, blinded message
        assertThat(request[2]).isEqualTo(key.keyId()[31]);
        var blinded = Arrays.copyOfRange(request, 3, request.length);
        assertThat(issuer.sign(blinded)).isEqualTo(hex(vector, "token_response"));

        var token = Token.parse(hex(vector, "token"));
        assertThat(token.verify(key)).isTrue();
        assertThat(token.verify(ISSUER.publicKey())).isFalse();
        assertThat(token.nonce()).isEqualTo(hex(vector, "nonce"));
        assertThat(token.tokenKeyId()).isEqualTo(key.keyId());
        assertThat(token.encode()).isEqualTo(hex(vector, "token"));
        var challenge = TokenChallenge.parse(hex(vector, "token_challenge"));
        assertThat(token.challengeDigest()).isEqualTo(challenge.digest());
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void challengesEncodeAsPublished(Map<String, String> vector) {
        var origins = text(vector, "origin_info");
        var challenge = new TokenChallenge(
                text(vector, "issuer_name"),
                hex(vector, "redemption_context"),
                origins.isEmpty() ? List.of() : List.of(origins.split(",")));

        assertThat(TokenChallenge.parse(challenge.encode())).isEqualTo(challenge);
        var input = Token.input(hex(vector, "nonce"), challenge.digest(), hex(vector, "token_key_id"));
        assertThat(input).isEqualTo(hex(vector, "token_authenticator_input"));
    }

    @Test
    void aTokenGoesTheWholeWay() throws Exception {
        var client = new Client(new SecureRandom());
        var pending = client.blind(ISSUER.publicKey(), new byte[32], new byte[32]);
        var restored = PendingToken.restore(pending.tokenInput(), pending.blinded(), pending.inverse());

        var token = restored.finish(ISSUER.publicKey(), ISSUER.sign(restored.blinded()));

        assertThat(token.verify(ISSUER.publicKey())).isTrue();
        assertThat(ISSUER.sign(pending.blinded())).isEqualTo(ISSUER.sign(pending.blinded()));
        var bytes = token.encode();
        for (var at : new int[] {2, 40, 70, 98, 353}) {
            var flipped = bytes.clone();
            flipped[at] ^= 1;
            assertThat(Token.parse(flipped).verify(ISSUER.publicKey()))
                    .as("byte " + at)
                    .isFalse();
        }
    }

    @Test
    void aKeyWithAnyOtherPrefixByteIsRefusedNamingTheByte() {
        var spki = ISSUER.publicKey().spki();
        for (var at = 0; at < spki.length; at++) {
            if (at >= 81 && at < 337) continue; // the modulus
            var flipped = spki.clone();
            flipped[at] ^= 1;
            assertThatThrownBy(() -> IssuerPublicKey.parse(flipped))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("byte " + at + " ");
        }
    }

    @Test
    void anEvenOrShortModulusIsRefused() {
        var even = ISSUER.publicKey().spki();
        even[336] &= (byte) 0xfe;
        var small = ISSUER.publicKey().spki();
        small[81] &= 0x7f;

        assertThatThrownBy(() -> IssuerPublicKey.parse(even)).hasMessageContaining("even");
        assertThatThrownBy(() -> IssuerPublicKey.parse(small)).hasMessageContaining("2048 bits");
    }

    @Test
    void otherLengthsAndTypesAreRefused() {
        assertThatThrownBy(() -> IssuerPublicKey.parse(new byte[346])).hasMessageContaining("342 bytes, not 346");
        assertThatThrownBy(() -> Token.parse(new byte[353])).hasMessageContaining("354 bytes, not 353");
        assertThatThrownBy(() -> Token.parse(new byte[354])).hasMessageContaining("type 2");
        assertThatThrownBy(() -> Token.input(new byte[31], new byte[32], new byte[32]))
                .hasMessageContaining("nonce");
        assertThatThrownBy(() -> Issuer.fromPkcs8(new byte[8])).isInstanceOf(MalformedException.class);
    }

    @Test
    void aChallengeThatEndsEarlyOrLateIsRefused() {
        var bytes = new TokenChallenge("issuer.example", new byte[32], List.of("origin.example")).encode();
        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> TokenChallenge.parse(cut)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> TokenChallenge.parse(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedException.class);
    }
}
