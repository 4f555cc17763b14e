package org.undersigned.privacypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// Properties of every input: written values parse to the same value, and parsed bytes are written back unchanged.
final class ParsersTest {
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars(',')
                .ofMinLength(1)
                .ofMaxLength(300);
    }

    @Provide
    Arbitrary<byte[]> contexts() {
        return Arbitraries.bytes().array(byte[].class).ofSize(32).optional(0.7).map(found -> found.orElse(new byte[0]));
    }

    @Property(tries = 300)
    void aChallengeIsReadAsItWasWritten(
            @ForAll("names") String issuer,
            @ForAll("contexts") byte[] context,
            @ForAll @Size(max = 5) List<@net.jqwik.api.From("names") String> origins) {
        var challenge = new TokenChallenge(issuer, context, origins);

        assertThat(TokenChallenge.parse(challenge.encode())).isEqualTo(challenge);
    }

    @Property(tries = 300)
    void aChallengeWithAChangedByteIsAnotherChallengeOrNone(
            @ForAll("names") String issuer,
            @ForAll("contexts") byte[] context,
            @ForAll int where,
            @ForAll byte change) {
        var bytes = new TokenChallenge(issuer, context, List.of(issuer)).encode();
        var at = Math.floorMod(where, bytes.length);
        bytes[at] = (byte) (bytes[at] ^ (change == 0 ? 1 : change));

        try {
            assertThat(TokenChallenge.parse(bytes).encode()).isEqualTo(bytes);
        } catch (MalformedException e) {
            assertThat(e).hasMessageStartingWith("byte ");
        }
    }

    @Property(tries = 300)
    void aTokenIsReadAsItWasWritten(@ForAll @Size(352) byte[] rest) {
        var bytes = new byte[Token.SIZE];
        bytes[1] = 2;
        System.arraycopy(rest, 0, bytes, 2, rest.length);

        var token = Token.parse(bytes);

        assertThat(token.encode()).isEqualTo(bytes);
        assertThat(Token.of(
                        Token.input(token.nonce(), token.challengeDigest(), token.tokenKeyId()), token.authenticator()))
                .isEqualTo(token);
    }

    @Property(tries = 300)
    void anotherLengthIsRefusedByNumber(@ForAll @Size(max = 700) byte[] bytes) {
        if (bytes.length != Token.SIZE) {
            assertThatThrownBy(() -> Token.parse(bytes)).hasMessage("a token must have 354 bytes, not " + bytes.length);
        }
        if (bytes.length != TokenRequest.SIZE) {
            assertThatThrownBy(() -> TokenRequest.parse(bytes))
                    .hasMessage("a token request must have 259 bytes, not " + bytes.length);
        }
        if (bytes.length != TokenResponse.SIZE) {
            assertThatThrownBy(() -> TokenResponse.parse(bytes))
                    .hasMessage("a token response must have 256 bytes, not " + bytes.length);
        }
        if (bytes.length != IssuerPublicKey.SPKI_SIZE) {
            assertThatThrownBy(() -> IssuerPublicKey.parse(bytes))
                    .hasMessage("an issuer key must have 342 bytes, not " + bytes.length);
        }
    }

    @Property(tries = 300)
    void anIssuerKeyOfAnyOddModulusIsReadAsItWasWritten(@ForAll @Size(256) byte[] modulus) {
        var spki = Arrays.copyOf(SPKI, SPKI.length);
        modulus[0] |= (byte) 0x80;
        modulus[255] |= 1;
        System.arraycopy(modulus, 0, spki, 81, 256);

        var key = IssuerPublicKey.parse(spki);

        assertThat(key.spki()).isEqualTo(spki);
        assertThat(IssuerPublicKey.of(key.rsa())).isEqualTo(key);
        assertThat(key.truncatedKeyId()).isEqualTo(key.keyId()[31]);
    }

    private static final byte[] SPKI = Issuer.generate().publicKey().spki();
}
