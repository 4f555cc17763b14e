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

/// RSA blind signatures (RFC 9474) in one variant. Safe on any thread.
///
/// The private operation and the verification are those of [RsaProvider]. Amazon Corretto Crypto Provider, where it
/// is there, computes the private operation in constant time (AWS-LC); the JDK's is not constant-time but
/// multiplies its base by a random factor first, so that its time does not follow the message. Blinding and
/// unblinding on the client use BigInteger, whose time depends on the values: nobody but the client's own device
/// can measure it.
public final class BlindRsa {
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);
    private static final int MIN_MODULUS_BITS = 2048;
    private static final int MAX_MODULUS_BITS = 8192;

    /// What each thread verified with last: to make ready for a key costs up to a fifth of what verifying does.
    private static final ThreadLocal<@Nullable Verifying> LAST = new ThreadLocal<>();

    private final Variant variant;
    private final SecureRandom random;

    private record Verifying(Variant variant, RSAPublicKey key, Signature verifier) {}

    /// A client's, a signer's or a verifier's side of one variant.
    ///
    /// @param variant of RFC 9474 §5
    /// @param random source of prefixes, salts and blinding factors: who can predict it can link a signature to
    ///     its draw; signing and verifying do not use it
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
    /// @param key the signer's: an odd modulus of 2048 to 8192 bits, an odd exponent of at least 3 and at most 64
    ///     bits
    /// @param prepared what [#prepare] returned
    /// @return what to send and what to keep, each as long as the modulus
    /// @throws IllegalArgumentException if the key is out of bounds, or the encoded message shares a factor with
    ///     the modulus
    public Blinded blind(RSAPublicKey key, byte[] prepared) {
        checkKey(key); // before a number of any length is worked on
        var salt = new byte[variant.saltLength()];
        random.nextBytes(salt);
        return blind(key, prepared, salt, randomUnit(key.getModulus()));
    }

    /// Blind with the salt and the factor of a test vector.
    Blinded blind(RSAPublicKey key, byte[] prepared, byte[] salt, BigInteger r) {
        checkKey(key);
        var n = key.getModulus();
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

    /// BlindSign (RFC 9474 §4.3), for who keeps no public key beside the secret one.
    ///
    /// @param key the secret key
    /// @param blindedMessage as long as the modulus and below it
    /// @return as long as the modulus
    /// @throws IllegalArgumentException as [#blindSign(RSAPrivateCrtKey, RSAPublicKey, byte[])] does
    /// @throws IllegalStateException "signing failure", as there
    public byte[] blindSign(RSAPrivateCrtKey key, byte[] blindedMessage) {
        try {
            var spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return blindSign(key, (RSAPublicKey) RsaProvider.keys().generatePublic(spec), blindedMessage);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an RSA key", e);
        }
    }

    /// BlindSign (RFC 9474 §4.3), once; who signs more often with a key keeps a [BlindSigner].
    ///
    /// @param key            the secret key
    /// @param publicKey      its public key; with another one nothing is ever signed
    /// @param blindedMessage as long as the modulus and below it
    /// @return as long as the modulus
    /// @throws IllegalArgumentException "message representative out of range", or a wrong length or key
    /// @throws IllegalStateException    "signing failure": the private operation went wrong
    public byte[] blindSign(RSAPrivateCrtKey key, RSAPublicKey publicKey, byte[] blindedMessage) {
        return new BlindSigner(key, publicKey).sign(blindedMessage);
    }

    /// Finalize (RFC 9474 §4.4): unblinds, verifies.
    ///
    /// @param key the signer's
    /// @param prepared what was blinded
    /// @param blindSignature the signer's answer, as long as the modulus
    /// @param inverse as [Blinded] gave it
    /// @return the signature, as long as the modulus
    /// @throws InvalidSignature the signer's answer is wrong
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
    /// @param key the signer's
    /// @param prepared what was signed
    /// @param signature as long as the modulus
    /// @return false, never an exception, for a signature of any other bytes or length
    /// @throws IllegalArgumentException if the key is out of bounds
    public boolean verify(RSAPublicKey key, byte[] prepared, byte[] signature) {
        try {
            var verifier = ready(key);
            verifier.update(prepared);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            LAST.remove(); // in which state it is now, nobody says
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
            throw new IllegalArgumentException("a modulus is odd and has 2048 to 8192 bits");
        }
        if (e.compareTo(MIN_EXPONENT) < 0 || e.bitLength() > 64 || !e.testBit(0)) {
            throw new IllegalArgumentException("a public exponent is odd, at least 3 and has at most 64 bits");
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
