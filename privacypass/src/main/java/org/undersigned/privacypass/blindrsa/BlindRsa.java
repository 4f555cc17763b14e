package org.undersigned.privacypass.blindrsa;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.jspecify.annotations.Nullable;

/// RSA blind signatures (RFC 9474) in one variant. Thread-safe.
///
/// [RsaProvider] supplies the private operation and the verification. Amazon Corretto Crypto Provider, if
/// available, computes the private operation in constant time (AWS-LC). The JDK's provider is not constant-time,
/// but it first multiplies the base by a random factor, so that its time does not depend on the message. Blinding
/// and unblinding on the client use BigInteger, whose time depends on the values: only the client's own device can
/// measure it.
public final class BlindRsa {
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);
    private static final int MIN_MODULUS_BITS = 2048;
    private static final int MAX_MODULUS_BITS = 8192;

    /// Each thread's last verifier: initializing one for a key costs up to a fifth of a verification.
    private static final ThreadLocal<@Nullable Verifying> LAST = new ThreadLocal<>();

    private final Variant variant;
    private final SecureRandom random;

    private record Verifying(Variant variant, RSAPublicKey key, Signature verifier) {}

    /// Creates the client's, signer's or verifier's side of one variant.
    ///
    /// @param variant of RFC 9474 §5
    /// @param random source of prefixes, salts and blinding factors: an attacker who can predict it can link a
    ///     signature to its draw; signing and verifying do not use it
    public BlindRsa(Variant variant, SecureRandom random) {
        this.variant = variant;
        this.random = random;
    }

    /// Prepare (RFC 9474 §4.1).
    ///
    /// @param message of any length
    /// @return 32 random bytes and the message in a randomized variant, otherwise a copy of the message
    public byte[] prepare(byte[] message) {
        var prefix = new byte[variant.prefixLength()];
        random.nextBytes(prefix);
        return concat(prefix, message);
    }

    /// Blind (RFC 9474 §4.2).
    ///
    /// @param key the signer's key: an odd modulus of 2048 to 8192 bits, an odd exponent of at least 3 and at most
    ///     64 bits
    /// @param prepared the result of [#prepare]
    /// @return the blinded message to send and the inverse to store, each as long as the modulus
    /// @throws IllegalArgumentException if the key is out of bounds, or the encoded message shares a factor with
    ///     the modulus
    public Blinded blind(RSAPublicKey key, byte[] prepared) {
        checkKey(key); // before computing with numbers of any length
        var salt = new byte[variant.saltLength()];
        random.nextBytes(salt);
        return blind(key, prepared, salt, randomUnit(key.getModulus()));
    }

    /// Blind with a given salt and blinding factor: a client that can make both again can repeat its request,
    /// and needs to store neither. They take the place of the randomness that RFC 9474 §4.2 asks for: an
    /// issuer that can guess the factor links the signature to its draw.
    ///
    /// @param key as in [#blind(RSAPublicKey, byte[])]
    /// @param prepared the result of [#prepare]
    /// @param salt as long as the variant says: 48 bytes or none
    /// @param r uniform in 1 to the modulus less 1, secret, and for this message and key only
    /// @return the blinded message to send and the inverse, each as long as the modulus
    /// @throws IllegalArgumentException if the key, the salt's length or the factor is out of bounds, or the
    ///     encoded message or the factor shares a factor with the modulus
    public Blinded blind(RSAPublicKey key, byte[] prepared, byte[] salt, BigInteger r) {
        checkKey(key);
        var n = key.getModulus();
        if (salt.length != variant.saltLength()) throw new IllegalArgumentException("a salt of another length");
        if (r.signum() <= 0 || r.compareTo(n) >= 0 || !r.gcd(n).equals(BigInteger.ONE)) {
            throw new IllegalArgumentException("a blinding factor must be a unit below the modulus");
        }
        var m = new BigInteger(1, Pss.encode(prepared, n.bitLength() - 1, salt));
        if (!m.gcd(n).equals(BigInteger.ONE))
            throw new IllegalArgumentException("invalid input: not coprime to the modulus");
        var x = r.modPow(key.getPublicExponent(), n);
        return new Blinded(bytes(m.multiply(x).mod(n), length(n)), bytes(r.modInverse(n), length(n)));
    }

    private BigInteger randomUnit(BigInteger n) {
        while (true) {
            var r = new BigInteger(n.bitLength(), random);
            if (r.signum() > 0 && r.compareTo(n) < 0 && r.gcd(n).equals(BigInteger.ONE)) return r;
        }
    }

    /// BlindSign (RFC 9474 §4.3), for callers without the public key.
    ///
    /// @param key the secret key
    /// @param blindedMessage as long as the modulus and below it
    /// @return as long as the modulus
    /// @throws IllegalArgumentException like [#blindSign(RSAPrivateCrtKey, RSAPublicKey, byte[])]
    /// @throws IllegalStateException "signing failure", like that method
    public byte[] blindSign(RSAPrivateCrtKey key, byte[] blindedMessage) {
        try {
            var spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return blindSign(key, (RSAPublicKey) RsaProvider.keys().generatePublic(spec), blindedMessage);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an RSA key", e);
        }
    }

    /// BlindSign (RFC 9474 §4.3), once. To sign often with one key, use a [BlindSigner].
    ///
    /// @param key            the secret key
    /// @param publicKey      its public key; with any other public key this method fails
    /// @param blindedMessage as long as the modulus and below it
    /// @return as long as the modulus
    /// @throws IllegalArgumentException "message representative out of range", or a wrong length or key
    /// @throws IllegalStateException    "signing failure": the private operation failed
    public byte[] blindSign(RSAPrivateCrtKey key, RSAPublicKey publicKey, byte[] blindedMessage) {
        return new BlindSigner(key, publicKey).sign(blindedMessage);
    }

    /// Finalize (RFC 9474 §4.4): unblinds the signature and verifies it.
    ///
    /// @param key the signer's key
    /// @param prepared the message that was blinded
    /// @param blindSignature the signer's response, as long as the modulus
    /// @param inverse from [Blinded]
    /// @return the signature, as long as the modulus
    /// @throws InvalidSignature if the signer's response is wrong
    /// @throws IllegalArgumentException if the key is out of bounds
    public byte[] finish(RSAPublicKey key, byte[] prepared, byte[] blindSignature, byte[] inverse)
            throws InvalidSignature {
        checkKey(key);
        var n = key.getModulus();
        if (blindSignature.length != length(n) || inverse.length != length(n)) throw new InvalidSignature();
        var z = new BigInteger(1, blindSignature);
        var signature = bytes(z.multiply(new BigInteger(1, inverse)).mod(n), length(n));
        if (!verify(key, prepared, signature)) throw new InvalidSignature();
        return signature;
    }

    /// RSASSA-PSS-VERIFY (RFC 8017 §8.1.2) with this variant's salt length.
    ///
    /// @param key the signer's key
    /// @param prepared the message that was signed
    /// @param signature as long as the modulus
    /// @return true if the signature is valid; false, never an exception, for any other bytes or length
    /// @throws IllegalArgumentException if the key is out of bounds
    public boolean verify(RSAPublicKey key, byte[] prepared, byte[] signature) {
        try {
            var verifier = ready(key);
            verifier.update(prepared);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            LAST.remove(); // its state is now undefined
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Signature ready(RSAPublicKey key) throws GeneralSecurityException {
        var last = LAST.get();
        if (last != null && last.key() == key && last.variant() == variant) return last.verifier();
        checkKey(key);
        var verifier = RsaProvider.pss();
        verifier.setParameter(
                new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, variant.saltLength(), 1));
        verifier.initVerify(key);
        LAST.set(new Verifying(variant, key, verifier));
        return verifier;
    }

    static void checkKey(RSAPublicKey key) {
        var bits = key.getModulus().bitLength();
        var e = key.getPublicExponent();
        if (key.getModulus().signum() <= 0
                || bits < MIN_MODULUS_BITS
                || bits > MAX_MODULUS_BITS
                || !key.getModulus().testBit(0)) {
            throw new IllegalArgumentException("a modulus must be odd and have 2048 to 8192 bits");
        }
        if (e.compareTo(MIN_EXPONENT) < 0 || e.bitLength() > 64 || !e.testBit(0)) {
            throw new IllegalArgumentException("a public exponent must be odd, at least 3 and at most 64 bits long");
        }
    }

    static int length(BigInteger n) {
        return (n.bitLength() + 7) / 8;
    }

    /// I2OSP (RFC 8017 §4.1).
    private static byte[] bytes(BigInteger value, int length) {
        var unsigned = value.toByteArray();
        var bytes = new byte[length];
        var count = Math.min(unsigned.length, length);
        System.arraycopy(unsigned, unsigned.length - count, bytes, length - count, count);
        return bytes;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        var joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
