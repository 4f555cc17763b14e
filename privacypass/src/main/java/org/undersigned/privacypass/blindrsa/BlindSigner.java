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

/// BlindSign (RFC 9474 §4.3) with one key, which is the same in all variants. Safe on any thread.
///
/// Keeps ciphers ready for the key, one for each thread that ever signed at the same time as others: to make one
/// ready costs some hundredths of a signature. They go when the signer goes, so that no thread holds a key that is
/// given up.
public final class BlindSigner {
    private final RSAPrivateCrtKey key;
    private final RSAPublicKey publicKey;
    private final Queue<Ready> idle = new ConcurrentLinkedQueue<>();

    private record Ready(Cipher secret, Cipher check) {}

    /// A signer with a key.
    ///
    /// @param key       the secret key
    /// @param publicKey its public key; with another one nothing is ever signed
    /// @throws IllegalArgumentException if the public key is out of bounds
    public BlindSigner(RSAPrivateCrtKey key, RSAPublicKey publicKey) {
        BlindRsa.checkKey(publicKey);
        this.key = key;
        this.publicKey = publicKey;
    }

    /// BlindSign. The result is checked with the public operation before it is released, so that a fault cannot
    /// leak the key.
    ///
    /// @param blindedMessage as long as the modulus and below it
    /// @return as long as the modulus
    /// @throws IllegalArgumentException "message representative out of range", or a wrong length
    /// @throws IllegalStateException    "signing failure": the private operation went wrong
    public byte[] sign(byte[] blindedMessage) {
        var n = publicKey.getModulus();
        if (blindedMessage.length != BlindRsa.length(n)) {
            throw new IllegalArgumentException(
                    "a blinded message has " + BlindRsa.length(n) + " bytes, not " + blindedMessage.length);
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
            idle.add(ready); // only now: after a failure nobody says in which state it is
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failure", e);
        }
    }

    /// RSASP1 or RSAVP1 (RFC 8017 §5.2): as many bytes as the modulus has, in and out.
    private static Cipher cipher(int mode, Key key) throws GeneralSecurityException {
        var cipher = RsaProvider.raw();
        cipher.init(mode, key);
        return cipher;
    }
}
