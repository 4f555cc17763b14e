package org.undersigned.privacypass;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.undersigned.privacypass.blindrsa.BlindRsa;
import org.undersigned.privacypass.blindrsa.Blinded;
import org.undersigned.privacypass.blindrsa.Variant;

/// Requests tokens (RFC 9578 §6.1).
public final class Client {
    private static final int NONCE = 32;

    private final BlindRsa rsa;
    private final SecureRandom random;

    /// Creates a client. It stores none of its requests.
    ///
    /// @param random source of nonces, salts and blinding factors; must be unpredictable
    public Client(SecureRandom random) {
        this.random = random;
        rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, random);
    }

    /// Blinds a token input with a random nonce, as in RFC 9578 §6.1.
    ///
    /// @param key       the issuer's key
    /// @param challenge the challenge for the token
    /// @return the pending token: the state to store and the blinded message to send
    /// @throws IllegalArgumentException if the encoded message shares a factor with the modulus (RFC 9474 §4.2)
    public PendingToken blind(IssuerPublicKey key, TokenChallenge challenge) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return blind(key, nonce, challenge.digest());
    }

    /// Blinds a token input. Store the result before sending anything: a repeated request must have exactly the
    /// same bytes.
    ///
    /// @param key             the issuer's key
    /// @param nonce           32 bytes, never used before
    /// @param challengeDigest 32 bytes, [TokenChallenge#digest]
    /// @return the pending token: the state to store and the blinded message to send
    /// @throws MalformedException if nonce or digest has another length
    /// @throws IllegalArgumentException if the encoded message shares a factor with the modulus (RFC 9474 §4.2)
    public PendingToken blind(IssuerPublicKey key, byte[] nonce, byte[] challengeDigest) {
        var input = Token.input(nonce, challengeDigest, key.keyId());
        return pending(input, rsa.blind(key.rsa(), rsa.prepare(input)));
    }

    /// Blinds a token input with a given salt and blinding factor. The same arguments make the same request,
    /// so a client that derives them from one secret needs to store nothing before it sends.
    ///
    /// @param key             the issuer's key
    /// @param nonce           32 bytes, for this key and challenge only
    /// @param challengeDigest 32 bytes, [TokenChallenge#digest]
    /// @param salt            48 bytes, secret
    /// @param factor          uniform in 1 to the modulus less 1, secret, and for this key, nonce and
    ///     challenge only: whoever can guess it links the token to the request
    /// @return the pending token
    /// @throws MalformedException if nonce or digest has another length
    /// @throws IllegalArgumentException if salt or factor is out of bounds, or not coprime to the modulus
    public static PendingToken blind(
            IssuerPublicKey key, byte[] nonce, byte[] challengeDigest, byte[] salt, BigInteger factor) {
        var input = Token.input(nonce, challengeDigest, key.keyId());
        return pending(input, Token.RSA.blind(key.rsa(), input, salt, factor));
    }

    private static PendingToken pending(byte[] input, Blinded blinded) {
        return PendingToken.restore(input, blinded.blindedMessage(), blinded.inverse());
    }
}
