package org.undersigned.privacypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.undersigned.privacypass.blindrsa.BlindRsa;
import org.undersigned.privacypass.blindrsa.Variant;
import org.undersigned.testkit.NodeProgram;

/// This library and `@cloudflare/blindrsa-ts` take turns at the two ends of a blind signature.
final class InteropTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)\"?");

    private static NodeProgram theirs;
    private static RSAPrivateCrtKey secret;
    private static RSAPublicKey key;

    @BeforeAll
    static void start() throws Exception {
        theirs = NodeProgram.start("blindrsa.mjs");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        secret = (RSAPrivateCrtKey) pair.getPrivate();
        key = (RSAPublicKey) pair.getPublic();
    }

    @AfterAll
    static void stop() throws IOException {
        if (theirs != null) theirs.close(); // null if it did not start
    }

    private static Map<String, String> ask(String what, String variant, Map<String, byte[]> bytes) throws IOException {
        var question = new LinkedHashMap<String, String>();
        question.put("ask", what);
        question.put("variant", variant);
        bytes.forEach((name, value) -> question.put(name, HEX.formatHex(value)));
        var line = question.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return FIELD.matcher(theirs.ask(line)).results().collect(Collectors.toMap(f -> f.group(1), f -> f.group(2)));
    }

    private static byte[] bytes(Map<String, String> answer, String name) {
        assertThat(answer).containsKey(name);
        return HEX.parseHex(answer.getOrDefault(name, ""));
    }

    @ParameterizedTest
    @EnumSource
    void blindedThereAndSignedHere(Variant variant) throws Exception {
        var ours = new BlindRsa(variant, RANDOM);
        var message = "a message".getBytes(StandardCharsets.UTF_8);
        var prepared = bytes(ask("prepare", variant.name(), Map.of("message", message)), "prepared");
        assertThat(prepared).hasSize(variant.prefixLength() + message.length);
        var blinded = ask("blind", variant.name(), Map.of("key", key.getEncoded(), "prepared", prepared));

        var blindSignature = ours.blindSign(secret, key, bytes(blinded, "blinded"));

        var signature = bytes(
                ask(
                        "finalize",
                        variant.name(),
                        Map.of(
                                "key",
                                key.getEncoded(),
                                "prepared",
                                prepared,
                                "signature",
                                blindSignature,
                                "inverse",
                                bytes(blinded, "inverse"))),
                "signature");
        assertThat(ours.verify(key, prepared, signature)).isTrue();
        assertThat(ours.finish(key, prepared, blindSignature, bytes(blinded, "inverse")))
                .isEqualTo(signature);
    }

    @ParameterizedTest
    @EnumSource
    void blindedHereAndSignedThere(Variant variant) throws Exception {
        var ours = new BlindRsa(variant, RANDOM);
        var prepared = ours.prepare("a message".getBytes(StandardCharsets.UTF_8));
        var blinded = ours.blind(key, prepared);

        var blindSignature = bytes(
                ask(
                        "blindSign",
                        variant.name(),
                        Map.of("key", secret.getEncoded(), "blinded", blinded.blindedMessage())),
                "signature");

        assertThat(blindSignature).isEqualTo(ours.blindSign(secret, blinded.blindedMessage()));
        var signature = ours.finish(key, prepared, blindSignature, blinded.inverse());
        assertThat(verified(variant, prepared, signature)).isEqualTo("true");
        signature[9] ^= 1;
        assertThat(verified(variant, prepared, signature)).isEqualTo("false");
    }

    private static String verified(Variant variant, byte[] prepared, byte[] signature) throws IOException {
        var fields = Map.of("key", key.getEncoded(), "prepared", prepared, "signature", signature);
        return ask("verify", variant.name(), fields).getOrDefault("valid", "no answer");
    }

    @Test
    void aTokenBlindedThereIsIssuedHereAndVerifiesHere() throws Exception {
        var variant = Variant.RSABSSA_SHA384_PSS_DETERMINISTIC.name();
        var issuer = Issuer.of(secret);
        var challenge = new TokenChallenge("issuer.example", new byte[32], java.util.List.of("origin.example"));
        var input =
                Token.input(new byte[32], challenge.digest(), issuer.publicKey().keyId());
        var blinded = ask("blind", variant, Map.of("key", key.getEncoded(), "prepared", input));
        var pending = PendingToken.restore(input, bytes(blinded, "blinded"), bytes(blinded, "inverse"));

        var response = issuer.issue(pending.request(issuer.publicKey()));

        assertThat(pending.finish(issuer.publicKey(), response).verify(issuer.publicKey()))
                .isTrue();
    }

    @Test
    void aTokenDrawnHereIsIssuedThereAndVerifiesInBothPlaces() throws Exception {
        var variant = Variant.RSABSSA_SHA384_PSS_DETERMINISTIC;
        var issuer = IssuerPublicKey.of(key);
        var challenge = new TokenChallenge("issuer.example", new byte[32], java.util.List.of("origin.example"));
        var pending = new Client(RANDOM).blind(issuer, new byte[32], challenge.digest());
        var request = pending.request(issuer);

        var answer = ask("blindSign", variant.name(), Map.of("key", secret.getEncoded(), "blinded", request.blinded()));

        var token = pending.finish(issuer, TokenResponse.parse(bytes(answer, "signature")));
        assertThat(token.verify(issuer)).isTrue();
        assertThat(verified(variant, pending.tokenInput(), token.authenticator()))
                .isEqualTo("true");
    }
}
