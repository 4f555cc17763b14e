package org.undersigned.privacypass;

import java.security.SecureRandom;
import org.undersigned.privacypass.blindrsa.BlindRsa;
import org.undersigned.privacypass.blindrsa.Variant;

/// Asks for tokens (RFC 9578 §6.1).
public final class Client {
    private static final int NONCE = 32;

    private final BlindRsa rsa;
    private final SecureRandom random;

    /// A client; keeps nothing of what it asks for.
    ///
    /// @param random source of nonces, salts and blinding factors; never a predictable one
    public Client(SecureRandom random) {
        this.random = random;
        rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, random);
    }

    /// Blinds a token input with a random nonce, as RFC 9578 §6.1 has it.
    ///
    /// @param key       the issuer's
    /// @param challenge what the token shall answer
    /// @return what to keep, and what it sends
    /// @throws IllegalArgumentException if the encoded message shares a factor with the modulus (RFC 9474 §4.2)
    public PendingToken blind(IssuerPublicKey key, TokenChallenge challenge) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return blind(key, nonce, challenge.digest());
    }

    /// Blinds a token input. Store the result before anything is sent: who repeats a request must repeat its very
    /// bytes.
    ///
    /// @param key             the issuer's
    /// @param nonce           32 bytes, never used before
    /// @param challengeDigest 32 bytes, [TokenChallenge#digest]
    /// @return what to keep, and what it sends
    /// @throws MalformedException if either is of another length
    /// @throws IllegalArgumentException if the encoded message shares a factor with the modulus (RFC 9474 §4.2)
    public PendingToken blind(IssuerPublicKey key, byte[] nonce, byte[] challengeDigest) {
        var input = Token.input(nonce, challengeDigest, key.keyId());
        var blinded = rsa.blind(key.rsa(), rsa.prepare(input));
        return PendingToken.restore(input, blinded.blindedMessage(), blinded.inverse());
    }
}
