package org.undersigned.privacypass;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import org.undersigned.privacypass.blindrsa.BlindSigner;
import org.undersigned.privacypass.blindrsa.RsaProvider;

/// Signs blinded token requests (RFC 9578 §6.2) with one key. Thread-safe. A signature takes up to a millisecond of
/// processor time, so run it on a pool of platform threads.
public final class Issuer {
    private final RSAPrivateCrtKey privateKey;
    private final IssuerPublicKey publicKey;
    private final BlindSigner signer;

    private Issuer(RSAPrivateCrtKey privateKey, IssuerPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.signer = new BlindSigner(privateKey, publicKey.rsa());
    }

    /// Creates an issuer with an existing key.
    ///
    /// @param privateKey RSA-2048 with e = 65537
    /// @return an issuer that signs with it
    /// @throws MalformedException if it is another kind of key, or its numbers are inconsistent (RFC 8017 §3.2)
    public static Issuer of(RSAPrivateCrtKey privateKey) {
        var publicKey = IssuerPublicKey.of(privateKey.getModulus(), privateKey.getPublicExponent());
        checkNumbers(privateKey);
        return new Issuer(onlyNumbers(privateKey), publicKey);
    }

    /// Copies the key's numbers only, without other parts of its encoding such as attributes.
    private static RSAPrivateCrtKey onlyNumbers(RSAPrivateCrtKey key) {
        var numbers = new RSAPrivateCrtKeySpec(
                key.getModulus(),
                key.getPublicExponent(),
                key.getPrivateExponent(),
                key.getPrimeP(),
                key.getPrimeQ(),
                key.getPrimeExponentP(),
                key.getPrimeExponentQ(),
                key.getCrtCoefficient());
        try {
            return (RSAPrivateCrtKey) RsaProvider.keys().generatePrivate(numbers);
        } catch (GeneralSecurityException e) {
            throw new MalformedException("not an RSA private key");
        }
    }

    /// Checks a key's numbers as in RFC 8017 §3.2: a signer that computes with the primes only would not detect a
    /// wrong d.
    private static void checkNumbers(RSAPrivateCrtKey key) {
        var p = key.getPrimeP();
        var q = key.getPrimeQ();
        require(p.signum() > 0 && q.signum() > 0 && p.multiply(q).equals(key.getModulus()), "p and q");
        var p1 = p.subtract(BigInteger.ONE);
        var q1 = q.subtract(BigInteger.ONE);
        var d = key.getPrivateExponent();
        require(d.signum() > 0 && d.compareTo(key.getModulus()) < 0, "d");
        var lambda = p1.multiply(q1).divide(p1.gcd(q1));
        require(key.getPublicExponent().multiply(d).mod(lambda).equals(BigInteger.ONE), "d");
        require(d.mod(p1).equals(key.getPrimeExponentP()), "dP");
        require(d.mod(q1).equals(key.getPrimeExponentQ()), "dQ");
        var coefficient = key.getCrtCoefficient();
        require(coefficient.signum() > 0 && coefficient.compareTo(p) < 0, "qInv");
        require(coefficient.multiply(q).mod(p).equals(BigInteger.ONE), "qInv");
    }

    private static void require(boolean right, String field) {
        if (!right)
            throw new MalformedException(field + " is inconsistent with the other numbers of the RSA private key");
    }

    /// Creates an issuer with a fresh key, from the JCA's first generator of RSA keys.
    ///
    /// @return an issuer for one purpose
    public static Issuer generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
            return of((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Creates an issuer with a stored key.
    ///
    /// @param pkcs8 as returned by [#privateKeyPkcs8]
    /// @return an issuer that signs with it
    /// @throws MalformedException if the bytes differ from what [#privateKeyPkcs8] writes; the message names the
    ///     first such byte, or the inconsistent number
    public static Issuer fromPkcs8(byte[] pkcs8) {
        try {
            var key = RsaProvider.keys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key instanceof RSAPrivateCrtKey crt) {
                var issuer = of(crt);
                var wrong = Arrays.mismatch(issuer.privateKeyPkcs8(), pkcs8);
                if (wrong >= 0) throw new MalformedException("byte " + wrong + ": not in canonical PKCS#8 form");
                return issuer;
            }
        } catch (GeneralSecurityException e) {
            // throws below, without the key's bytes
        }
        throw new MalformedException("not a PKCS#8 RSA private key");
    }

    /// The secret key. The caller encrypts it before storing it.
    ///
    /// @return PKCS#8 (RFC 5958) in DER, about 1,200 bytes
    public byte[] privateKeyPkcs8() {
        return privateKey.getEncoded();
    }

    /// The key with which clients blind and verifiers verify.
    ///
    /// @return the public key
    public IssuerPublicKey publicKey() {
        return publicKey;
    }

    /// Signs a request (RFC 9578 §6.2).
    ///
    /// @param request a client's request
    /// @return the same response for the same request
    /// @throws IllegalArgumentException if the request is for another key, or its blinded message is out of range
    public TokenResponse issue(TokenRequest request) {
        if (request.truncatedKeyId() != publicKey.truncatedKeyId()) {
            throw new IllegalArgumentException("byte 2: the request is for another issuer key");
        }
        return TokenResponse.parse(sign(request.blinded()));
    }

    /// Signs a blinded message that the client did not send as a [TokenRequest].
    ///
    /// @param blinded 256 bytes, below the modulus
    /// @return 256 bytes, checked against the public key; the same for the same `blinded`
    /// @throws IllegalArgumentException for anything else
    public byte[] sign(byte[] blinded) {
        return signer.sign(blinded);
    }

    @Override
    public String toString() {
        return "Issuer(hidden)";
    }
}
