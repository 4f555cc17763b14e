package org.undersigned.privacypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published vectors of RFC 9577 and RFC 9578 §A.2, and inputs that are not canonical.
final class Rfc9578Test {
    private static final Issuer ISSUER = Issuer.generate();

    static List<Map<String, String>> issuance() {
        return TestVectors.read("rfc9578-appendix-a2.txt");
    }

    static List<Map<String, String>> challenges() {
        return TestVectors.read("rfc9577-appendix.txt");
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

    /// A random source that returns the published values: the salt, then the blinding factor.
    private static SecureRandom chance(byte[]... draws) {
        var left = new ArrayDeque<>(List.of(draws));
        return new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                if (bytes.length == 0) return; // the prefix of Prepare, empty in this variant
                var draw = left.remove();
                assertThat(bytes).hasSameSizeAs(draw);
                System.arraycopy(draw, 0, bytes, 0, draw.length);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("issuance")
    void aClientAsksAndFinishesAsPublished(Map<String, String> vector) throws Exception {
        var key = IssuerPublicKey.parse(hex(vector, "pkS"));
        var challenge = TokenChallenge.parse(hex(vector, "token_challenge"));
        var client = new Client(chance(hex(vector, "salt"), hex(vector, "blind")));

        var pending = client.blind(key, hex(vector, "nonce"), challenge.digest());

        assertThat(pending.request(key).encode()).isEqualTo(hex(vector, "token_request"));
        assertThat(TokenRequest.parse(hex(vector, "token_request"))).isEqualTo(pending.request(key));
        var response = Issuer.fromPkcs8(hex(vector, "skS")).issue(pending.request(key));
        assertThat(response.encode()).isEqualTo(hex(vector, "token_response"));
        var token = pending.finish(key, TokenResponse.parse(hex(vector, "token_response")));
        assertThat(token.encode()).isEqualTo(hex(vector, "token"));
        assertThat(token.verify(key)).isTrue();
        var factor = new BigInteger(1, hex(vector, "blind"));
        var again = Client.blind(key, hex(vector, "nonce"), challenge.digest(), hex(vector, "salt"), factor);
        assertThat(again.blinded()).isEqualTo(pending.blinded());
        assertThat(again.inverse()).isEqualTo(pending.inverse());
    }

    /// The challenges published in RFC 9578 §A.2, byte for byte, built from their parts.
    @Test
    void challengesAreWrittenAsPublished() {
        var context = HexFormat.of().parseHex("8e7acc900e393381e8810b7c9e4a68b5163f1f880ab6688a6ffe780923609e88");
        var none = new byte[0];
        var issuer = "issuer.example";
        assertThat(issuance())
                .extracting(vector -> hex(vector, "token_challenge"))
                .containsExactly(
                        new TokenChallenge(issuer, context, List.of("origin.example")).encode(),
                        new TokenChallenge(issuer, none, List.of("origin.example")).encode(),
                        new TokenChallenge(issuer, none, List.of("foo.example", "bar.example")).encode(),
                        new TokenChallenge(issuer, none, List.of()).encode(),
                        new TokenChallenge(issuer, context, List.of()).encode());
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
    void oneIssuerAnswersManyThreadsAtOnce() {
        var client = new Client(new SecureRandom());
        var pending = client.blind(ISSUER.publicKey(), new byte[32], new byte[32]);
        var answer = ISSUER.sign(pending.blinded());

        assertThat(IntStream.range(0, 40).parallel().mapToObj(_ -> ISSUER.sign(pending.blinded())))
                .allSatisfy(again -> assertThat(again).isEqualTo(answer));
    }

    /// RFC 9578 §6.1.
    @Test
    void aClientDrawsANonceForEachToken() throws Exception {
        var client = new Client(new SecureRandom());
        var challenge = new TokenChallenge("issuer.example", new byte[0], List.of());
        var nonces = new HashSet<String>();
        for (var i = 0; i < 3; i++) {
            var pending = client.blind(ISSUER.publicKey(), challenge);
            var token = pending.finish(ISSUER.publicKey(), ISSUER.issue(pending.request(ISSUER.publicKey())));
            assertThat(token.challengeDigest()).isEqualTo(challenge.digest());
            assertThat(token.nonce()).isNotEqualTo(new byte[32]);
            nonces.add(HexFormat.of().formatHex(token.nonce()));
        }
        assertThat(nonces).hasSize(3);
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
    void aWrongTypeIsRefusedNamingTheByte() {
        for (var size : new int[] {Token.SIZE, TokenRequest.SIZE}) {
            for (var at = 0; at < 2; at++) {
                var bytes = new byte[size];
                bytes[1] = 2;
                bytes[at] ^= 1;
                assertThatThrownBy(() -> {
                            if (size == Token.SIZE) Token.parse(bytes);
                            else TokenRequest.parse(bytes);
                        })
                        .isInstanceOf(MalformedException.class)
                        .hasMessage("byte " + at + ": not token type 2");
            }
        }
    }

    @Test
    void anIssuerAnswersNoRequestForAnotherKey() {
        var request = new Client(new SecureRandom())
                .blind(ISSUER.publicKey(), new byte[32], new byte[32])
                .request(ISSUER.publicKey())
                .encode();
        request[2] ^= 1; // the truncated key id

        assertThatThrownBy(() -> ISSUER.issue(TokenRequest.parse(request)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("byte 2: the request is for another issuer key");
    }

    @Test
    void aSecretKeyIsTakenOnlyAsItIsWritten() throws Exception {
        var der = ISSUER.privateKeyPkcs8();
        assertThat(Issuer.fromPkcs8(der).privateKeyPkcs8()).isEqualTo(der);

        for (var at = 0; at < der.length; at++) {
            var flipped = der.clone();
            flipped[at] ^= 1;
            assertThatThrownBy(() -> Issuer.fromPkcs8(flipped))
                    .as("byte %s flipped", at)
                    .isInstanceOf(MalformedException.class);
        }
        var attributed = Arrays.copyOf(der, der.length + 2); // empty attributes of PrivateKeyInfo
        attributed[der.length] = (byte) 0xa0;
        attributed[3] += 2; // the outer length, 0x04b9 to 0x04be: no carry
        assertThatThrownBy(() -> Issuer.fromPkcs8(attributed)).isInstanceOf(MalformedException.class);
    }

    @Test
    void numbersThatDoNotBelongTogetherAreRefusedByName() throws Exception {
        var key = (RSAPrivateCrtKey)
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(ISSUER.privateKeyPkcs8()));
        var two = BigInteger.TWO;
        record Wrong(String field, BigInteger d, BigInteger p, BigInteger dP, BigInteger dQ, BigInteger qInv) {}
        var d = key.getPrivateExponent();
        var p = key.getPrimeP();
        var dP = key.getPrimeExponentP();
        var dQ = key.getPrimeExponentQ();
        var qInv = key.getCrtCoefficient();
        for (var wrong : List.of(
                new Wrong("p and q", d, p.add(two), dP, dQ, qInv),
                new Wrong("d", d.xor(two), p, dP, dQ, qInv),
                new Wrong("dP", d, p, dP.xor(two), dQ, qInv),
                new Wrong("dQ", d, p, dP, dQ.xor(two), qInv),
                new Wrong("qInv", d, p, dP, dQ, qInv.xor(two)))) {
            var made = KeyFactory.getInstance("RSA", "SunRsaSign")
                    .generatePrivate(new RSAPrivateCrtKeySpec(
                            key.getModulus(),
                            key.getPublicExponent(),
                            wrong.d,
                            wrong.p,
                            key.getPrimeQ(),
                            wrong.dP,
                            wrong.dQ,
                            wrong.qInv));
            assertThatThrownBy(() -> Issuer.of((RSAPrivateCrtKey) made))
                    .isInstanceOf(MalformedException.class)
                    .hasMessage(wrong.field + " is inconsistent with the other numbers of the RSA private key");
        }
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
