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

/// Which JCA provider computes this module's RSA. Amazon Corretto Crypto Provider if it is there: installed, or
/// only on the class or module path, and with a native library for this machine; two to three times as fast as
/// the JDK's, and in constant time. Otherwise whichever provider comes first. Looked for once, when first
/// asked; nothing is installed.
///
/// The system property [#PROPERTY] set to `false` leaves it out.
public final class RsaProvider {
    /// `false`: do as if Corretto were not there. Read once.
    public static final String PROPERTY = "org.undersigned.privacypass.corretto";

    private static final String NAME = "AmazonCorrettoCryptoProvider";
    private static final String CLASS = "com.amazon.corretto.crypto.provider." + NAME;
    private static final String RAW = "RSA/ECB/NoPadding";
    private static final String PSS = "RSASSA-PSS";
    private static final Optional<Provider> CORRETTO = look();

    private RsaProvider() {}

    /// Corretto's provider, for who wants to install it for everything else too.
    ///
    /// @return it, or nothing if it is not there, does not load, or is left out
    public static Optional<Provider> corretto() {
        return CORRETTO;
    }

    /// Where keys come from that the provider need not translate at each use, as it must another's.
    ///
    /// @return a factory of RSA keys
    public static KeyFactory keys() {
        try {
            return CORRETTO.isPresent() ? KeyFactory.getInstance("RSA", CORRETTO.get()) : KeyFactory.getInstance("RSA");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
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
                .filter(provider -> provider.getService("Signature", PSS) != null); // none, if its library did not load
    }

    private static Optional<Provider> load() {
        try {
            return ServiceLoader.load(Provider.class, RsaProvider.class.getClassLoader()).stream()
                    .filter(one -> one.type().getName().equals(CLASS))
                    .map(ServiceLoader.Provider::get)
                    .findFirst();
        } catch (ServiceConfigurationError | LinkageError e) {
            return Optional.empty(); // whatever else is on the path and broken: the JDK's will do
        }
    }
}
