package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.Entry;

/// The limit of all that verifies entries: only the RSA-PSS and the Ed25519 verification of each, with one RSA
/// verifier for all. For one thread.
final class BareVerification {
    private static final byte[] X509_ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] CONTEXT = "undersigned/v1/entry\0".getBytes(US_ASCII);

    private final Signature rsa;

    BareVerification(IssuerPublicKey issuer) throws GeneralSecurityException {
        rsa = Signature.getInstance("RSASSA-PSS");
        rsa.setParameter(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
        rsa.initVerify(issuer.rsa());
    }

    /// @throws IllegalStateException if the token or the signature of the entry is wrong
    void verify(byte[] entry) throws GeneralSecurityException {
        rsa.update(entry, 1, 98);
        if (!rsa.verify(entry, 99, 256)) throw new IllegalStateException("a token is wrong");
        var ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(publicKey(Arrays.copyOfRange(entry, 355, 387)));
        ed25519.update(CONTEXT);
        ed25519.update(entry, 0, Entry.SIZE - 64);
        if (!ed25519.verify(entry, Entry.SIZE - 64, 64)) throw new IllegalStateException("a signature is wrong");
    }

    private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        var encoded = Arrays.copyOf(X509_ED25519, X509_ED25519.length + raw.length);
        System.arraycopy(raw, 0, encoded, X509_ED25519.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
