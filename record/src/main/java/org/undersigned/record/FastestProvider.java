package org.undersigned.record;

import java.security.Security;
import org.undersigned.privacypass.blindrsa.RsaProvider;

/// Makes the provider of the tokens' RSA operations the first one also for SHA-256, Ed25519 and TLS.
public final class FastestProvider {
    private FastestProvider() {}

    /// Installs Corretto's provider if [RsaProvider#corretto] finds it; otherwise the JDK's providers stay first.
    ///
    /// @return the name of the first provider after the call
    public static String install() {
        RsaProvider.corretto().ifPresent(corretto -> Security.insertProviderAt(corretto, 1));
        return Security.getProviders()[0].getName();
    }
}
