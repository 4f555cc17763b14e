package org.undersigned.privacypass;

import java.security.SecureRandom;
import org.undersigned.privacypass.blindrsa.BlindRsa;
import org.undersigned.privacypass.blindrsa.Variant;

/// Asks for tokens (RFC 9578 §6.1).
public final class Client {
    private final BlindRsa rsa;

    /// @param random source of salts and blinding factors; never a predictable one
    public Client(SecureRandom random) {
        rsa = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, random);
    }

    /// Blinds a token input. Store the result before anything is sent: who repeats a request must repeat its very
    /// bytes.
    ///
    /// @param nonce           32 bytes
    /// @param challengeDigest 32 bytes
    public PendingToken blind(IssuerPublicKey key, byte[] nonce, byte[] challengeDigest) {
        var input = Token.input(nonce, challengeDigest, key.keyId());
        var blinded = rsa.blind(key.rsa(), rsa.prepare(input));
        return PendingToken.restore(input, blinded.blindedMessage(), blinded.inverse());
    }
}
