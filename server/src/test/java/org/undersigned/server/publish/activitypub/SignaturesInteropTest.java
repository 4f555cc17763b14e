package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.undersigned.testkit.NodeProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tests that the JavaScript library `http-message-signatures` accepts our signatures, and that we accept its
/// signatures; see `interop/README.md`.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class SignaturesInteropTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final URI HOME = URI.create("https://b.example");
    private static final URI INBOX = URI.create("https://b.example/actor/inbox?x=y");
    private static final byte[] BODY = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);
    private static final String KEY_ID = "https://a.example/actor#main-key";

    private static NodeProgram theirs;
    private static KeyPair keys;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        theirs = NodeProgram.start("signatures.mjs");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    @AfterAll
    static void stop() throws IOException {
        if (theirs != null) theirs.close(); // null if it did not start
    }

    private static JsonNode ask(
            String what,
            SignatureScheme scheme,
            UnsignedRequest request,
            Map<String, String> headers,
            Map<String, ?> more)
            throws IOException {
        var question = new HashMap<String, Object>(more);
        question.put("ask", what);
        question.put("way", scheme == SignatureScheme.DRAFT ? "cavage" : "httpbis");
        question.put("method", request.method().toUpperCase(Locale.ROOT));
        question.put("url", request.address().toString());
        question.put("headers", headers);
        question.put("keyId", KEY_ID);
        return JSON.readTree(theirs.ask(JSON.writeValueAsString(question)));
    }

    private static boolean isTaken(SignatureScheme scheme, UnsignedRequest request, Map<String, String> headers)
            throws IOException {
        var key = PublicKeys.pem(keys.getPublic().getEncoded());
        return ask("verify", scheme, request, headers, Map.of("key", key))
                .get("valid")
                .booleanValue();
    }

    @ParameterizedTest
    @EnumSource
    void itTakesWhatWeSign(SignatureScheme scheme) throws IOException {
        var key = new CavageSignature.Key(KEY_ID, keys.getPrivate());
        for (var request : List.of(UnsignedRequest.post(INBOX, BODY), UnsignedRequest.get(INBOX))) {
            var headers = scheme.sign(request, Clock.systemUTC().instant(), key);

            assertThat(isTaken(scheme, request, headers)).isTrue();
            var elsewhere = new UnsignedRequest(request.method(), URI.create(INBOX + "z"), request.body());
            assertThat(isTaken(scheme, elsewhere, headers)).isFalse();
        }
    }

    @Test
    void weTakeWhatItSignsByTheStandard() throws IOException {
        var digest = "sha-256=:" + CavageSignature.sha256(BODY) + ":";
        var signed = sign(
                SignatureScheme.STANDARD, Map.of("content-digest", digest), "@method", "@target-uri", "content-digest");

        assertThat(signed.get("signature-input")).contains("alg=\"rsa-v1_5-sha256\"", "expires=");
        assertIsTaken(signed);
    }

    @Test
    void weTakeWhatItSignsByTheDraft() throws IOException {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Clock.systemUTC().instant().atOffset(ZoneOffset.UTC));
        var headers = Map.of("host", "b.example", "date", date, "digest", "SHA-256=" + CavageSignature.sha256(BODY));

        assertIsTaken(sign(SignatureScheme.DRAFT, headers, "@request-target", "host", "date", "digest"));
    }

    private static Map<String, String> sign(SignatureScheme scheme, Map<String, String> headers, String... fields)
            throws IOException {
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        var answer = ask(
                "sign",
                scheme,
                UnsignedRequest.post(INBOX, BODY),
                headers,
                Map.of("key", pem, "fields", List.of(fields)));
        var signed = new HashMap<String, String>();
        answer.get("headers")
                .properties()
                .forEach(one -> signed.put(
                        one.getKey().toLowerCase(Locale.ROOT), one.getValue().stringValue()));
        return signed;
    }

    private static void assertIsTaken(Map<String, String> headers) {
        var signature = Objects.requireNonNull(RequestSignature.of(headers::get, HOME));
        assertThat(signature.keyId()).isEqualTo(KEY_ID);
        assertThat(signature.coversRequest(headers::get, BODY, Clock.systemUTC()))
                .isTrue();
        for (var target : List.of("post /actor/inbox?x=y", "post /actor/inbox")) {
            var text = Objects.requireNonNull(signature.signingString(target, headers::get));
            assertThat(signature.verifies(keys.getPublic(), text)).isEqualTo(target.endsWith("?x=y"));
        }
    }
}
