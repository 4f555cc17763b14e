package org.undersigned.privacypass.blindrsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.Issuer;

/// Runs twice, without Corretto's jar and with it: the class path alone decides whether the module uses it.
final class RsaProviderTest {
    private static final String CORRETTO = "com/amazon/corretto/crypto/provider/AmazonCorrettoCryptoProvider.class";

    /// True if Corretto is usable here. The test's jar has the native library for one system only.
    private static boolean there() {
        return ClassLoader.getSystemResource(CORRETTO) != null
                && Objects.equals(System.getProperty("os.name"), "Linux")
                && Objects.equals(System.getProperty("os.arch"), "amd64");
    }

    @Test
    void itIsFoundWhereItIsAndInstalledNowhere() throws Exception {
        assertThat(RsaProvider.corretto().isPresent()).isEqualTo(there());
        for (var used : new Provider[] {
            RsaProvider.raw().getProvider(),
            RsaProvider.pss().getProvider(),
            RsaProvider.keys().getProvider()
        }) {
            assertThat(used.getName().startsWith("AmazonCorretto"))
                    .as(used.getName())
                    .isEqualTo(there());
        }
        assertThat(Security.getProviders()).extracting(Provider::getName).noneMatch(name -> name.contains("Corretto"));
    }

    @Test
    void keysNeedNoTranslation() {
        var issuer = Issuer.generate();

        assertThat(issuer.publicKey().rsa().getClass().getName().startsWith("com.amazon"))
                .isEqualTo(there());
        assertThat(Issuer.fromPkcs8(issuer.privateKeyPkcs8()).publicKey()).isEqualTo(issuer.publicKey());
    }

    /// One thread verifies with several keys in turn, and continues after an invalid signature.
    @Test
    void aVerifierKeptForAKeyIsNotAnothers() throws Exception {
        var random = new SecureRandom();
        var one = Issuer.generate();
        var other = Issuer.generate();
        var pending = new Client(random).blind(one.publicKey(), new byte[32], new byte[32]);
        var token = pending.finish(one.publicKey(), one.issue(pending.request(one.publicKey())));
        var rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, random);

        for (var round = 0; round < 3; round++) {
            assertThat(rsa.verify(one.publicKey().rsa(), pending.tokenInput(), token.authenticator()))
                    .isTrue();
            assertThat(rsa.verify(other.publicKey().rsa(), pending.tokenInput(), token.authenticator()))
                    .isFalse();
            assertThat(rsa.verify(one.publicKey().rsa(), pending.tokenInput(), new byte[256]))
                    .isFalse();
            assertThat(rsa.verify(one.publicKey().rsa(), pending.tokenInput(), new byte[5]))
                    .isFalse();
        }
    }
}
