package org.undersigned.record;

import java.security.Security;
import org.undersigned.privacypass.blindrsa.RsaProvider;

/// Puts the provider that computes the tokens' RSA first for everything else too: SHA-256, Ed25519, TLS.
public final class FastestProvider {
    private FastestProvider() {}

    /// Installs Corretto's provider where [RsaProvider#corretto] finds it; the JDK's stay first otherwise.
    ///
    /// @return the name of the provider that now comes first
    public static String install() {
        RsaProvider.corretto().ifPresent(corretto -> Security.insertProviderAt(corretto, 1));
        return Security.getProviders()[0].getName();
    }
}
