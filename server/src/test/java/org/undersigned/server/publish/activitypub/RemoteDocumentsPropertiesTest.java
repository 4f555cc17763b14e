package org.undersigned.server.publish.activitypub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.support.Mutations;

/// Tests that altered documents and signatures of other servers are either read completely or refused.
final class RemoteDocumentsPropertiesTest {
    private static final URI ACTOR = URI.create("https://a.example/users/ada");
    private static final String PEM = pem();
    private static final byte[] DOCUMENT =
            """
            {"id":"https://a.example/users/ada","type":"Person","inbox":"https://a.example/users/ada/inbox",
             "publicKey":{"id":"https://a.example/users/ada#main-key","owner":"https://a.example/users/ada",
             "publicKeyPem":"PEM"},"endpoints":{"sharedInbox":"https://a.example/inbox"}}
            """.replace("PEM", PEM.replace("\n", "\\n")).getBytes(UTF_8);
    private static final String SIGNATURE = "keyId=\"https://a.example/users/ada#main-key\",algorithm=\"rsa-sha256\","
            + "headers=\"(request-target) host date digest\",signature=\"AAAA\"";
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final Clock NOW = Clock.fixed(Instant.parse("2040-01-05T21:31:40Z"), ZoneOffset.UTC);
    private static final Map<String, String> HEADERS = Map.of(
            "host",
            "b.example",
            "date",
            "Thu, 05 Jan 2040 21:31:40 GMT",
            "digest",
            "SHA-256=" + CavageSignature.sha256(BODY),
            "content-digest",
            "sha-256=:" + CavageSignature.sha256(BODY) + ":");

    private static String pem() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return PublicKeys.pem(generator.generateKeyPair().getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void anActorIsReadOnlyWithItsOwnKeyAndAnInboxOnItsOwnServer(@ForAll long seed) {
        var found = RemoteActors.read(ACTOR, Mutations.of(DOCUMENT, seed));

        if (found == null) return;
        assertThat(found.ownInbox().getAuthority()).isEqualTo("a.example");
        if (found.inbox() != null) assertThat(found.inbox().getAuthority()).isEqualTo("a.example");
        assertThat(((RSAPublicKey) found.key()).getModulus().bitLength()).isBetween(2048, 8192);
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void aKeyIsReadOnlyIfItIsOneOfTheBoundsWhateverItsLettersAre(@ForAll long seed) {
        var key = PublicKeys.parse(new String(Mutations.of(PEM.getBytes(UTF_8), seed), UTF_8));

        if (key != null)
            assertThat(((RSAPublicKey) key).getModulus().bitLength()).isBetween(2048, 8192);
    }

    @Property(tries = 2_000)
    void anythingIsReadForASignature(@ForAll @StringLength(max = 300) @CharRange(from = ' ', to = '~') String text) {
        isWhole(CavageSignature.parse(text));
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void aChangedSignatureIsWholeOrNone(@ForAll long seed) {
        isWhole(CavageSignature.parse(new String(Mutations.of(SIGNATURE.getBytes(UTF_8), seed), UTF_8)));
    }

    private static void isWhole(@Nullable CavageSignature read) {
        if (read == null) return;
        assertThat(read.keyId()).isNotEmpty();
        assertThat(read.signature()).isNotEmpty();
        assertThat(read.headers()).hasSizeLessThanOrEqualTo(24);
    }

    /// `Date`, `Digest`, `Content-Digest`: an altered value is accepted only if the right digest is still in it.
    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void aChangedHeaderFitsOnlyIfItSaysTheSame(@ForAll long seed) {
        var draft = Objects.requireNonNull(CavageSignature.parse(SIGNATURE));
        var rfc = Objects.requireNonNull(Rfc9421Signature.parse(
                "sig1=(\"@method\" \"@target-uri\" \"content-digest\");created="
                        + NOW.instant().getEpochSecond() + ";keyid=\"https://a.example/users/ada#main-key\"",
                "sig1=:AAAA:",
                URI.create("https://b.example")));
        assertThat(draft.coversRequest(HEADERS::get, BODY, NOW)).isTrue();
        assertThat(rfc.coversRequest(HEADERS::get, BODY, NOW)).isTrue();
        for (var name : HEADERS.keySet()) {
            var changed = new HashMap<>(HEADERS);
            changed.compute(name, (_, value) -> changed(value, seed));
            var fits = draft.coversRequest(changed::get, BODY, NOW);
            var fitsToo = rfc.coversRequest(changed::get, BODY, NOW);
            if (name.equals("digest") && fits) {
                assertThat(changed.get(name)).contains("=" + CavageSignature.sha256(BODY));
            }
            if (name.equals("content-digest") && fitsToo) {
                assertThat(changed.get(name)).contains("sha-256=:" + CavageSignature.sha256(BODY) + ":");
            }
        }
    }

    private static String changed(String value, long seed) {
        return new String(Mutations.of(value.getBytes(UTF_8), seed), UTF_8);
    }
}
