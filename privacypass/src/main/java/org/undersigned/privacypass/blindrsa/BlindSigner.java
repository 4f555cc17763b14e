package org.undersigned.privacypass.blindrsa;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;

/// BlindSign (RFC 9474 §4.3) with one key, for all variants. Thread-safe.
///
/// Stores initialized ciphers for the key, as many as threads have signed at the same time: initializing one costs
/// a few hundredths of a signature. The ciphers are released together with the signer, so that no thread holds a
/// key that is no longer used.
public final class BlindSigner {
    private final RSAPrivateCrtKey key;
    private final RSAPublicKey publicKey;
    private final Queue<Ready> idle = new ConcurrentLinkedQueue<>();

    private record Ready(Cipher secret, Cipher check) {}

    /// Creates a signer.
    ///
    /// @param key       the secret key
    /// @param publicKey its public key; with any other public key every [#sign] fails
    /// @throws IllegalArgumentException if the public key is out of bounds
    public BlindSigner(RSAPrivateCrtKey key, RSAPublicKey publicKey) {
        BlindRsa.checkKey(publicKey);
        this.key = key;
        this.publicKey = publicKey;
    }

    /// BlindSign. Checks the result with the public operation before returning it, so that a computation fault
    /// cannot reveal the key.
    ///
    /// @param blindedMessage as long as the modulus and below it
    /// @return as long as the modulus
    /// @throws IllegalArgumentException "message representative out of range", or a wrong length
    /// @throws IllegalStateException    "signing failure": the private operation failed
    public byte[] sign(byte[] blindedMessage) {
        var n = publicKey.getModulus();
        if (blindedMessage.length != BlindRsa.length(n)) {
            throw new IllegalArgumentException(
                    "a blinded message must have " + BlindRsa.length(n) + " bytes, not " + blindedMessage.length);
        }
        if (new BigInteger(1, blindedMessage).compareTo(n) >= 0) {
            throw new IllegalArgumentException("message representative out of range");
        }
        try {
            var ready = idle.poll();
            if (ready == null) {
                ready = new Ready(cipher(Cipher.DECRYPT_MODE, key), cipher(Cipher.ENCRYPT_MODE, publicKey));
            }
            var signature = ready.secret().doFinal(blindedMessage);
            if (!MessageDigest.isEqual(ready.check().doFinal(signature), blindedMessage)) {
                throw new IllegalStateException("signing failure");
            }
            idle.add(ready); // only after success: after a failure the cipher's state is undefined
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failure", e);
        }
    }

    /// RSASP1 or RSAVP1 (RFC 8017 §5.2): input and output have the modulus's length.
    private static Cipher cipher(int mode, Key key) throws GeneralSecurityException {
        var cipher = RsaProvider.raw();
        cipher.init(mode, key);
        return cipher;
    }
}
