package org.undersigned.privacypass.blindrsa;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.crypto.Cipher;

/// Selects the JCA provider for this module's RSA. It is Amazon Corretto Crypto Provider if that is available:
/// installed as a provider, or on the class or module path, and with a native library for this machine. Corretto is
/// two to three times as fast as the JDK's provider, and constant-time. Otherwise it is the first provider of the
/// JCA. The selection happens once, on first use, and installs nothing.
///
/// The system property [#PROPERTY] set to `false` excludes Corretto.
public final class RsaProvider {
    /// The name of the property; `false` excludes Corretto. Read once.
    public static final String PROPERTY = "org.undersigned.privacypass.corretto";

    private static final String NAME = "AmazonCorrettoCryptoProvider";
    private static final String CLASS = "com.amazon.corretto.crypto.provider." + NAME;
    private static final String RAW = "RSA/ECB/NoPadding";
    private static final String PSS = "RSASSA-PSS";
    private static final Optional<Provider> CORRETTO = look();

    private RsaProvider() {}

    /// Corretto's provider, for callers that want to install it for other algorithms too.
    ///
    /// @return the provider, or empty if it is absent, does not load, or is excluded
    public static Optional<Provider> corretto() {
        return CORRETTO;
    }

    /// A key factory of the selected provider, which must convert the keys of another provider at each use.
    ///
    /// @return a factory of RSA keys
    public static KeyFactory keys() {
        try {
            return CORRETTO.isPresent() ? KeyFactory.getInstance("RSA", CORRETTO.get()) : KeyFactory.getInstance("RSA");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no RSA", e);
        }
    }

    static Cipher raw() throws GeneralSecurityException {
        return CORRETTO.isPresent() ? Cipher.getInstance(RAW, CORRETTO.get()) : Cipher.getInstance(RAW);
    }

    static Signature pss() throws NoSuchAlgorithmException {
        return CORRETTO.isPresent() ? Signature.getInstance(PSS, CORRETTO.get()) : Signature.getInstance(PSS);
    }

    private static Optional<Provider> look() {
        if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) return Optional.empty();
        return Optional.ofNullable(Security.getProvider(NAME))
                .or(RsaProvider::load)
                .filter(provider -> provider.getService("Signature", PSS) != null); // null without native library
    }

    private static Optional<Provider> load() {
        try {
            return ServiceLoader.load(Provider.class, RsaProvider.class.getClassLoader()).stream()
                    .filter(one -> one.type().getName().equals(CLASS))
                    .map(ServiceLoader.Provider::get)
                    .findFirst();
        } catch (ServiceConfigurationError | LinkageError e) {
            return Optional.empty(); // a provider on the path is broken: use the JDK
        }
    }
}
