package org.undersigned.privacypass;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;

/// Signs blinded token requests (RFC 9578 §6.2) with one key. Safe on any thread; a signature costs a
/// millisecond or less of processor time, so run it on a pool of platform threads.
public final class Issuer {
    private final RSAPrivateCrtKey privateKey;
    private final IssuerPublicKey publicKey;

    private Issuer(RSAPrivateCrtKey privateKey, IssuerPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// @throws MalformedException if the key is not RSA-2048 with e = 65537
    public static Issuer of(RSAPrivateCrtKey privateKey) {
        return new Issuer(privateKey, IssuerPublicKey.of(privateKey.getModulus(), privateKey.getPublicExponent()));
    }

    /// A fresh key.
    public static Issuer generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
            return of((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param pkcs8 as [#privateKeyPkcs8] gave it
    /// @throws MalformedException if it is not such a key
    public static Issuer fromPkcs8(byte[] pkcs8) {
        try {
            var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key instanceof RSAPrivateCrtKey crt) return of(crt);
        } catch (GeneralSecurityException e) {
            // refused below, without the bytes
        }
        throw new MalformedException("not a PKCS#8 RSA private key");
    }

    /// The secret key, to be sealed.
    public byte[] privateKeyPkcs8() {
        return privateKey.getEncoded();
    }

    /// What clients blind for and verifiers verify with.
    public IssuerPublicKey publicKey() {
        return publicKey;
    }

    /// Answers a request (RFC 9578 §6.2).
    ///
    /// @throws IllegalArgumentException the request is for another key, or its blinded message is out of range
    public TokenResponse issue(TokenRequest request) {
        if (request.truncatedKeyId() != publicKey.truncatedKeyId()) {
            throw new IllegalArgumentException("byte 2: the request is for another issuer key");
        }
        return TokenResponse.parse(sign(request.blinded()));
    }

    /// Signs a blinded message that came in another envelope than a [TokenRequest].
    ///
    /// @param blinded 256 bytes, below the modulus
    /// @return 256 bytes, checked against the public key; the same for the same `blinded`
    /// @throws IllegalArgumentException for anything else
    public byte[] sign(byte[] blinded) {
        return Token.RSA.blindSign(privateKey, publicKey.rsa(), blinded);
    }

    @Override
    public String toString() {
        return "Issuer(hidden)";
    }
}
