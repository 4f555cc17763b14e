package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests RFC 9421 with its own example of a signed text (§2.5) and with signatures that this test builds as text.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class Rfc9421SignatureTest {
    static final URI HOME = URI.create("https://example.com");
    private static final Clock THEN = Clock.fixed(Instant.ofEpochSecond(1618884473), ZoneOffset.UTC);
    private static final byte[] BODY = "{\"hello\": \"world\"}".getBytes(StandardCharsets.US_ASCII);
    /// Digest of [#BODY], from RFC 9421 §2.5.
    private static final String DIGEST =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

    private static final Map<String, String> HEADERS = Map.of(
            "content-digest", DIGEST,
            "content-length", "18",
            "content-type", "application/json");
    static final String INPUT =
            "(\"@method\" \"@target-uri\" \"content-digest\");created=1618884473;keyid=\"https://a.example/ada#k\"";

    private static KeyPair keys;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    private static Rfc9421Signature parsed(String input) {
        return Objects.requireNonNull(Rfc9421Signature.parse("sig1=" + input, "sig1=:AAAA:", HOME));
    }

    @Test
    void whatIsSignedIsAsInTheStandard() {
        var input = "(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-length\" \"content-type\")"
                + ";created=1618884473;keyid=\"test-key-rsa-pss\"";

        assertThat(parsed(input).signingString("post /foo?param=Value&Pet=dog", HEADERS::get))
                .isEqualTo("""
                "@method": POST
                "@authority": example.com
                "@path": /foo
                "content-digest": %s
                "content-length": 18
                "content-type": application/json
                "@signature-params": %s""".formatted(DIGEST, input));
        assertThat(parsed(input).coversRequest(HEADERS::get, BODY, THEN)).isTrue();
        assertThat(parsed(input).coversRequest(HEADERS::get, "{}".getBytes(StandardCharsets.US_ASCII), THEN))
                .isFalse();
    }

    /// RFC 9421 §2.2.
    @Test
    void allDerivedComponentsAreRead() {
        var input = "(\"@method\" \"@target-uri\" \"@authority\" \"@scheme\" \"@request-target\" \"@path\" \"@query\")"
                + ";created=1618884473;keyid=\"k\"";

        assertThat(parsed(input).signingString("post /path?param=value", HEADERS::get))
                .startsWith("""
                "@method": POST
                "@target-uri": https://example.com/path?param=value
                "@authority": example.com
                "@scheme": https
                "@request-target": /path?param=value
                "@path": /path
                "@query": ?param=value
                "@signature-params": (""");
        assertThat(parsed("(\"@query\");created=1;keyid=\"k\"").signingString("post /path", HEADERS::get))
                .startsWith("\"@query\": ?\n");
        assertThat(parsed("(\"@status\");created=1;keyid=\"k\"").signingString("post /path", HEADERS::get))
                .isNull();
        assertThat(parsed("(\"date\");created=1;keyid=\"k\"").signingString("post /path", HEADERS::get))
                .isNull();
    }

    @Test
    void aSignatureFitsItsKeyAndItsRequestAlone() throws Exception {
        var body = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);
        var digest = "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(body)) + ":";
        var signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(keys.getPrivate());
        signer.update(("\"@method\": POST\n\"@target-uri\": https://example.com/actor/inbox\n\"content-digest\": "
                        + digest + "\n\"@signature-params\": " + INPUT)
                .getBytes(StandardCharsets.UTF_8));
        var headers = new HashMap<>(Map.of(
                "content-digest", digest,
                "signature-input", "sig1=" + INPUT,
                "signature", "sig1=:" + Base64.getEncoder().encodeToString(signer.sign()) + ":"));

        var signature = Objects.requireNonNull(RequestSignature.of(headers::get, HOME));

        assertThat(signature.keyId()).isEqualTo("https://a.example/ada#k");
        assertThat(signature.coversRequest(headers::get, body, THEN)).isTrue();
        assertThat(isBy(signature, "post /actor/inbox", headers)).isTrue();
        assertThat(isBy(signature, "post /ap/x/inbox", headers)).isFalse();
        assertThat(isBy(signature, "put /actor/inbox", headers)).isFalse();
        headers.put("content-digest", DIGEST);
        assertThat(isBy(signature, "post /actor/inbox", headers)).isFalse();
    }

    private static boolean isBy(RequestSignature signature, String target, Map<String, String> headers) {
        var text = Objects.requireNonNull(signature.signingString(target, headers::get));
        return signature.verifies(keys.getPublic(), text);
    }

    /// The form in Mastodon's documentation (docs.joinmastodon.org/spec/security, "HTTP Message Signatures").
    @Test
    void whatWeSignCanBeReadAndNamesNoAlgorithm() {
        var key = new CavageSignature.Key("https://a.example/ada#k", keys.getPrivate());
        var inbox = UnsignedRequest.post(URI.create("https://Example.com/actor/inbox"), BODY);

        var headers = new HashMap<>(Rfc9421Signature.sign(inbox, THEN.instant(), key));

        assertThat(headers.get("signature-input")).isEqualTo("sig1=" + INPUT);
        assertThat(headers.get("content-digest")).isEqualTo("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        var signature = Objects.requireNonNull(RequestSignature.of(headers::get, URI.create("https://Example.com")));
        assertThat(signature.coversRequest(headers::get, BODY, THEN)).isTrue();
        assertThat(isBy(signature, "post /actor/inbox", headers)).isTrue();
    }

    /// RFC 9421 §2.2.2: a GET request has no body, so there is no digest to cover.
    @Test
    void aGetRequestIsSigned() {
        var key = new CavageSignature.Key("https://a.example/actor#k", keys.getPrivate());

        var headers =
                Rfc9421Signature.sign(UnsignedRequest.get(URI.create("https://example.com?a=b")), THEN.instant(), key);

        assertThat(headers).containsOnlyKeys("signature-input", "signature");
        var signature = Objects.requireNonNull(RequestSignature.of(headers::get, HOME));
        assertThat(signature.signingString("get /?a=b", headers::get)).startsWith("""
                "@method": GET
                "@target-uri": https://example.com/?a=b
                "@signature-params": ("@method" "@target-uri");created=1618884473;keyid=""");
        assertThat(isBy(signature, "get /?a=b", new HashMap<>(headers))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"@method\" ", " \"@target-uri\"", " \"content-digest\""})
    void whatIsRequiredMustBeCovered(String left) {
        assertThat(parsed(INPUT).coversRequest(HEADERS::get, BODY, THEN)).isTrue();
        assertThat(parsed(INPUT.replace(left, "")).coversRequest(HEADERS::get, BODY, THEN))
                .isFalse();
    }

    @Test
    void aSignatureIsTakenForAnHourAndNoLongerThanItSays() {
        for (var minutes : new int[] {-61, -59, 59, 61}) {
            assertThat(parsed(INPUT).coversRequest(HEADERS::get, BODY, Clock.offset(THEN, Duration.ofMinutes(minutes))))
                    .as(minutes + " minutes")
                    .isEqualTo(Math.abs(minutes) < 60);
        }
        var short_ = parsed(INPUT + ";expires=1618884533");
        assertThat(short_.coversRequest(HEADERS::get, BODY, THEN)).isTrue();
        assertThat(short_.coversRequest(HEADERS::get, BODY, Clock.offset(THEN, Duration.ofSeconds(61))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=:AAAA:",
                "md5=:AAAA:",
                "sha-512=AAAA",
                "",
                DIGEST + ", sha-256=:AAAA:",
            })
    void anotherDigestIsRefused(String digest) {
        assertThat(parsed(INPUT).coversRequest(Map.of("content-digest", digest)::get, BODY, THEN))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "()",
                "()" + ";created=1;keyid=\"k\"",
                "(\"date\")",
                "(\"date\");created=1",
                "(\"date\");keyid=\"k\"",
                "(\"date\");created=\"1\";keyid=\"k\"",
                "(\"date\");created=-1;keyid=\"k\"",
                "(\"date\");created=1;keyid=k",
                "(\"date\");created=1;keyid=\"k\";created=2",
                "(\"date\");created=1;keyid=\"k\";odd=\"x\"",
                "(\"date\");created=1;keyid=\"k\";alg=\"hmac-sha256\"",
                "(\"date\");created=1;keyid=\"k\";alg=\"ed25519\"",
                "(\"date\" \"date\");created=1;keyid=\"k\"",
                "(\"date\"  \"host\");created=1;keyid=\"k\"",
                "(\"Date\");created=1;keyid=\"k\"",
                "(\"date\";sf);created=1;keyid=\"k\"",
                "(date);created=1;keyid=\"k\"",
                "(\"date\"); created=1;keyid=\"k\"",
                "(\"date\");created=1;keyid=\"k\", sig2=(\"date\");created=1;keyid=\"k\"",
            })
    void whatIsNotOneSignatureWrittenStrictlyIsRefused(String input) {
        assertThat(Rfc9421Signature.parse("sig1=" + input, "sig1=:AAAA:", HOME)).isNull();
    }

    @Test
    void signatureAndInputGoTogetherAndWithinBounds() {
        assertThat(Rfc9421Signature.parse("sig1=" + INPUT, "sig2=:AAAA:", HOME)).isNull();
        assertThat(Rfc9421Signature.parse("sig1=" + INPUT, "sig1=AAAA", HOME)).isNull();
        assertThat(Rfc9421Signature.parse("sig1=" + INPUT, "sig1=:A:", HOME)).isNull();
        assertThat(Rfc9421Signature.parse("sig1=" + INPUT, "sig1=:" + "A".repeat(5_000) + ":", HOME))
                .isNull();
        var many = new StringBuilder("(\"a\"");
        for (var i = 0; i < 30; i++) many.append(" \"a").append(i).append('"');
        assertThat(Rfc9421Signature.parse("s=" + many + ");created=1;keyid=\"k\"", "s=:AAAA:", HOME))
                .isNull();
        assertThat(RequestSignature.of(Map.of("signature-input", "sig1=" + INPUT)::get, HOME))
                .isNull();
    }
}
