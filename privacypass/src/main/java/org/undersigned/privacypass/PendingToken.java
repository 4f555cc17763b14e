package org.undersigned.privacypass;

import org.undersigned.privacypass.blindrsa.InvalidSignature;

/// A token on its way: what the client keeps between asking and receiving.
public final class PendingToken {
    private final byte[] input;
    private final byte[] blinded;
    private final byte[] inverse;

    private PendingToken(byte[] input, byte[] blinded, byte[] inverse) {
        this.input = input;
        this.blinded = blinded;
        this.inverse = inverse;
    }

    /// From where it was stored.
    ///
    /// @param tokenInput 98 bytes
    /// @param blinded 256 bytes
    /// @param inverse 256 bytes
    /// @return as [Client#blind] made it
    /// @throws MalformedException if they are not 98, 256 and 256 bytes
    public static PendingToken restore(byte[] tokenInput, byte[] blinded, byte[] inverse) {
        MalformedException.requireLength(tokenInput, Token.INPUT_SIZE, "a token input");
        MalformedException.requireLength(blinded, 256, "a blinded message");
        MalformedException.requireLength(inverse, 256, "an inverse");
        return new PendingToken(tokenInput.clone(), blinded.clone(), inverse.clone());
    }

    /// What the issuer will have signed without seeing it (RFC 9578 §6.1); secret until the token is used.
    ///
    /// @return 98 bytes, a copy
    public byte[] tokenInput() {
        return input.clone();
    }

    /// What the issuer sees.
    ///
    /// @return 256 bytes, a copy
    public byte[] blinded() {
        return blinded.clone();
    }

    /// What unblinds the answer; secret.
    ///
    /// @return 256 bytes, a copy
    public byte[] inverse() {
        return inverse.clone();
    }

    /// What to send to an issuer that speaks RFC 9578 (§6.1).
    ///
    /// @param key the issuer's, as it was blinded for
    /// @return the same each time
    public TokenRequest request(IssuerPublicKey key) {
        return TokenRequest.of(key, blinded);
    }

    /// Unblinds and verifies the issuer's answer (RFC 9578 §6.3).
    ///
    /// @param key the issuer's
    /// @param response its answer
    /// @return the token, which verifies
    /// @throws InvalidSignature the issuer did not sign what was asked, or with another key
    public Token finish(IssuerPublicKey key, TokenResponse response) throws InvalidSignature {
        return finish(key, response.blindSignature());
    }

    /// Unblinds and verifies the issuer's answer that came in another envelope than a [TokenResponse].
    ///
    /// @param key the issuer's
    /// @param blindSignature 256 bytes
    /// @return the token, which verifies
    /// @throws InvalidSignature the issuer did not sign what was asked, or with another key
    public Token finish(IssuerPublicKey key, byte[] blindSignature) throws InvalidSignature {
        return Token.of(input, Token.RSA.finish(key.rsa(), input, blindSignature, inverse));
    }

    @Override
    public String toString() {
        return "PendingToken(hidden)";
    }
}
