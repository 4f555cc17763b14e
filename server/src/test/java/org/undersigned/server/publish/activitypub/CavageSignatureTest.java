package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests signatures of other programs: the draft's own vectors and the one in Mastodon's tests.
final class CavageSignatureTest {
    /// draft-cavage-http-signatures-12 appendix C.
    private static final String DRAFT_KEY = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3"
            + "6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6"
            + "Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw"
            + "oYi+1hqp1fIekaxsyQIDAQAB";

    private static final String DRAFT_BODY = "{\"hello\": \"world\"}";
    private static final Map<String, String> DRAFT_HEADERS = Map.of(
            "host", "example.com",
            "date", "Sun, 05 Jan 2014 21:31:40 GMT",
            "content-type", "application/json",
            "digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
            "content-length", "18");

    private static final String MASTODON_KEY = """
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqIAYvNFGbZ5g4iiK6feS
            dXD4bDStFM58A7tHycYXaYtzZQpIeHXAmaXuZzXIwtrP4N0gIk8JNwZvXj2UPS+S
            07t0V9wNK94he01LV5EMz/GN4eNnFmDL64HIEuKLvV8TvgjbUPRD6Y5X0UpKi2ZI
            FLSb96Q5w0Z/k7ntpVKV52y8kz5Fjr/O/0JuHryZe0yItzJh8kzFfeMf0EXzfSna
            KvT7P9jhgC6uTre+jXyvVZjiHDrnqvvucdI3I7DRfXo1OqARBrLjy+TdseUAjNYJ
            +OuPRI1URIWQI01DCHqcohVu9+Ar+BiCjFp3ua+XMuJvrvbD61d1Fvig/9nbBRR+
            8QIDAQAB
            """;
    private static final Map<String, String> MASTODON_HEADERS = Map.of(
            "host", "www.example.com",
            "date", "Wed, 20 Dec 2023 10:00:00 GMT",
            "digest", "SHA-256=ZOyIygCyaOW6GjVnihtTFtIS9PNmskdyMlNKiuyjfzw=");
    private static final String MASTODON =
            "keyId=\"https://remote.domain/users/bob#main-key\",algorithm=\"rsa-sha256\","
                    + "headers=\"host date digest (request-target)\",signature=\"gmhMjgMROGElJU3fpehV2acD5kMHeELi8EFP2UPHOdQ54H0r"
                    + "55AxIpji+J3lPe+N2qSb/4H1KXIh6f0lRu8TGSsu12OQmg5hiO8VA9flcA/mh9Lpk+qwlQZIPRqKP9xUEfqD+Z7ti5wPzDKrWAUK/7FI"
                    + "qWgcT/mlqB1R1MGkpMFc/q4CIs2OSNiWgA4K+Kp21oQxzC2kUuYob04gAZ7cyE/FTia5t08uv6lVYFdRsn4XNPn1MsHgFBwBMRG79ng3"
                    + "SyhoG4PrqBEi5q2IdLq3zfre/M6He3wlCpyO2VJNdGVoTIzeZ0Zz8jUscPV3XtWUchpGclLGSaKaq/JyNZeiYQ==\"";
    private static final URI INBOX = URI.create("https://b.example/inbox");
    private static final byte[] MASTODON_BODY = "Hello world".getBytes(StandardCharsets.US_ASCII);
    private static final Clock THEN = Clock.fixed(Instant.parse("2023-12-20T10:30:00Z"), ZoneOffset.UTC);

    @Test
    void theDraftsOwnSignaturesFit() throws Exception {
        var key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(DRAFT_KEY)));

        var basic = parsed("keyId=\"Test\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date\","
                + "signature=\"qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3H"
                + "Mbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=\"");
        var all = parsed("keyId=\"Test\",algorithm=\"rsa-sha256\",created=1402170695, expires=1402170699,"
                + "headers=\"(request-target) host date content-type digest content-length\","
                + "signature=\"vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52L"
                + "aEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=\"");

        for (var signature : new CavageSignature[] {basic, all}) {
            var text = signature.signingString("post /foo?param=value&pet=dog", DRAFT_HEADERS::get);
            assertThat(signature.verifies(key, Objects.requireNonNull(text))).isTrue();
            assertThat(signature.verifies(key, text + " ")).isFalse();
        }
        var then = Clock.fixed(Instant.parse("2014-01-05T21:31:40Z"), ZoneOffset.UTC);
        assertThat(all.coversRequest(DRAFT_HEADERS::get, DRAFT_BODY.getBytes(StandardCharsets.US_ASCII), then))
                .isTrue();
        assertThat(basic.coversRequest(DRAFT_HEADERS::get, DRAFT_BODY.getBytes(StandardCharsets.US_ASCII), then))
                .as("it covers no digest")
                .isFalse();
    }

    /// Draft §2.1.5: an expired signature is refused, even if its date is near.
    @Test
    void anExpiredSignatureIsNotTaken() {
        var expires = THEN.instant().getEpochSecond();
        var signature = parsed(MASTODON + ",expires=" + expires);

        assertThat(signature.coversRequest(MASTODON_HEADERS::get, MASTODON_BODY, THEN))
                .isTrue();
        assertThat(signature.coversRequest(
                        MASTODON_HEADERS::get, MASTODON_BODY, Clock.offset(THEN, Duration.ofSeconds(1))))
                .isFalse();
        assertThat(CavageSignature.parse(MASTODON + ",expires=" + "9".repeat(30)))
                .isNull();
        assertThat(CavageSignature.parse(MASTODON + ",expires=\"soon\"")).isNull();
    }

    private static PublicKey mastodonsKey() {
        var pem = "-----BEGIN PUBLIC KEY-----\n" + MASTODON_KEY + "-----END PUBLIC KEY-----\n";
        return Objects.requireNonNull(PublicKeys.parse(pem));
    }

    private static CavageSignature parsed(String header) {
        return Objects.requireNonNull(CavageSignature.parse(header));
    }

    @Test
    void mastodonsSignatureFitsAndNothingElseDoes() {
        var signature = parsed(MASTODON);
        var text = signature.signingString("post /activitypub/success", MASTODON_HEADERS::get);
        var elsewhere = signature.signingString("post /activitypub/alternative-path", MASTODON_HEADERS::get);

        assertThat(signature.coversRequest(MASTODON_HEADERS::get, MASTODON_BODY, THEN))
                .isTrue();
        assertThat(signature.verifies(mastodonsKey(), Objects.requireNonNull(text)))
                .isTrue();
        assertThat(signature.verifies(mastodonsKey(), Objects.requireNonNull(elsewhere)))
                .isFalse();
        assertThat(signature.coversRequest(MASTODON_HEADERS::get, new byte[] {1}, THEN))
                .as("another body")
                .isFalse();
        for (var by : new Duration[] {Duration.ofMinutes(31), Duration.ofMinutes(-91)}) {
            assertThat(signature.coversRequest(MASTODON_HEADERS::get, MASTODON_BODY, Clock.offset(THEN, by)))
                    .as("more than an hour away")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "date", "digest", "(request-target)"})
    void whatIsRequiredMustBeCovered(String left) {
        var signature = parsed(MASTODON.replace(left + " ", "").replace(" " + left, ""));

        assertThat(signature.coversRequest(MASTODON_HEADERS::get, MASTODON_BODY, THEN))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "keyId=\"a\"",
                "keyId=\"a\",signature=\"!\"",
                "keyId=\"a\",keyId=\"b\",signature=\"AA==\"",
                "keyId=\"a\",algorithm=\"hmac-sha256\",signature=\"AA==\"",
                "keyId=\"a\",signature=\"AA==\",x",
            })
    void anotherHeaderIsNoSignature(String header) {
        assertThat(CavageSignature.parse(header)).isNull();
    }

    @Test
    void whatWeSignCanBeRead() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        var key = new CavageSignature.Key("https://a.example/actor#main-key", pair.getPrivate());
        var headers =
                new HashMap<>(CavageSignature.sign(UnsignedRequest.post(INBOX, MASTODON_BODY), THEN.instant(), key));

        var signature = parsed(headers.getOrDefault("signature", ""));
        var text = signature.signingString("post /inbox", headers::get);

        assertThat(signature.coversRequest(headers::get, MASTODON_BODY, THEN)).isTrue();
        assertThat(signature.verifies(pair.getPublic(), Objects.requireNonNull(text)))
                .isTrue();
        assertThat(headers.get("date")).isEqualTo("Wed, 20 Dec 2023 10:30:00 GMT");
        assertThat(key).asString().doesNotContain(pair.getPrivate().toString());
    }

    @Test
    void aKeyIsReadInBothFormsAndOnlyIfItIsLongEnough() {
        var pkcs1 = "-----BEGIN RSA PUBLIC KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(java.util.Arrays.copyOfRange(
                                mastodonsKey().getEncoded(), 24, mastodonsKey().getEncoded().length))
                + "\n-----END RSA PUBLIC KEY-----\n\n";

        assertThat(PublicKeys.parse(pkcs1)).isEqualTo(mastodonsKey());
        assertThat(PublicKeys.parse(PublicKeys.pem(mastodonsKey().getEncoded())))
                .isEqualTo(mastodonsKey());
        assertThat(PublicKeys.parse("-----BEGIN PUBLIC KEY-----\n" + DRAFT_KEY + "\n-----END PUBLIC KEY-----"))
                .as("1024 bits")
                .isNull();
        assertThat(PublicKeys.parse("")).isNull();
    }
}
