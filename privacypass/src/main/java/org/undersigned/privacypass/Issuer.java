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

/// Signs blinded token requests (RFC 9578 §6.2) with one key. Safe on any thread; a signature costs a
/// millisecond or less of processor time, so run it on a pool of platform threads.
public final class Issuer {
    private final RSAPrivateCrtKey privateKey;
    private final IssuerPublicKey publicKey;
    private final BlindSigner signer;

    private Issuer(RSAPrivateCrtKey privateKey, IssuerPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.signer = new BlindSigner(privateKey, publicKey.rsa());
    }

    /// An issuer with a key that exists.
    ///
    /// @param privateKey RSA-2048 with e = 65537
    /// @return an issuer that signs with it
    /// @throws MalformedException if it is another kind of key, or its numbers do not belong together (RFC 8017
    ///     §3.2)
    public static Issuer of(RSAPrivateCrtKey privateKey) {
        var publicKey = IssuerPublicKey.of(privateKey.getModulus(), privateKey.getPublicExponent());
        checkNumbers(privateKey);
        return new Issuer(onlyNumbers(privateKey), publicKey);
    }

    /// The same key without what may have come along in its encoding, such as attributes.
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

    /// What RFC 8017 §3.2 says of the numbers of a key: a signer that computes with the primes alone would not
    /// notice a wrong d.
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
        if (!right) throw new MalformedException(field + " of an RSA private key is not what its other numbers say");
    }

    /// An issuer with a fresh key, from the JCA's first source of RSA keys.
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

    /// An issuer with a key that was stored.
    ///
    /// @param pkcs8 as [#privateKeyPkcs8] gave it
    /// @return an issuer that signs with it
    /// @throws MalformedException if it is not exactly what that would write: names the first byte that is not, or
    ///     the number that does not belong to the others
    public static Issuer fromPkcs8(byte[] pkcs8) {
        try {
            var key = RsaProvider.keys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key instanceof RSAPrivateCrtKey crt) {
                var issuer = of(crt);
                var wrong = Arrays.mismatch(issuer.privateKeyPkcs8(), pkcs8);
                if (wrong >= 0) throw new MalformedException("byte " + wrong + ": not as PKCS#8 is written here");
                return issuer;
            }
        } catch (GeneralSecurityException e) {
            // refused below, without the bytes
        }
        throw new MalformedException("not a PKCS#8 RSA private key");
    }

    /// The secret key, to be sealed.
    ///
    /// @return PKCS#8 (RFC 5958) in DER, about 1,200 bytes
    public byte[] privateKeyPkcs8() {
        return privateKey.getEncoded();
    }

    /// What clients blind for and verifiers verify with.
    ///
    /// @return the public half
    public IssuerPublicKey publicKey() {
        return publicKey;
    }

    /// Answers a request (RFC 9578 §6.2).
    ///
    /// @param request a client's
    /// @return the same for the same request
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
        return signer.sign(blinded);
    }

    @Override
    public String toString() {
        return "Issuer(hidden)";
    }
}
