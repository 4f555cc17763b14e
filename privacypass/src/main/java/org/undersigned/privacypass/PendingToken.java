package org.undersigned.privacypass;

import org.undersigned.privacypass.blindrsa.InvalidSignature;

/// A requested token: the client stores it between request and response.
public final class PendingToken {
    private final byte[] input;
    private final byte[] blinded;
    private final byte[] inverse;

    private PendingToken(byte[] input, byte[] blinded, byte[] inverse) {
        this.input = input;
        this.blinded = blinded;
        this.inverse = inverse;
    }

    /// Restores a stored pending token.
    ///
    /// @param tokenInput 98 bytes
    /// @param blinded 256 bytes
    /// @param inverse 256 bytes
    /// @return the pending token that [Client#blind] returned
    /// @throws MalformedException if they are not 98, 256 and 256 bytes
    public static PendingToken restore(byte[] tokenInput, byte[] blinded, byte[] inverse) {
        MalformedException.requireLength(tokenInput, Token.INPUT_SIZE, "a token input");
        MalformedException.requireLength(blinded, 256, "a blinded message");
        MalformedException.requireLength(inverse, 256, "an inverse");
        return new PendingToken(tokenInput.clone(), blinded.clone(), inverse.clone());
    }

    /// The message that the issuer signs without seeing it (RFC 9578 §6.1); secret until the token is used.
    ///
    /// @return 98 bytes, a copy
    public byte[] tokenInput() {
        return input.clone();
    }

    /// The blinded message, which the issuer sees.
    ///
    /// @return 256 bytes, a copy
    public byte[] blinded() {
        return blinded.clone();
    }

    /// The inverse, which unblinds the response; secret.
    ///
    /// @return 256 bytes, a copy
    public byte[] inverse() {
        return inverse.clone();
    }

    /// The request to send to an issuer that implements RFC 9578 (§6.1).
    ///
    /// @param key the issuer's key, the same as in [Client#blind]
    /// @return the same bytes each time
    public TokenRequest request(IssuerPublicKey key) {
        return TokenRequest.of(key, blinded);
    }

    /// Unblinds and verifies the issuer's response (RFC 9578 §6.3).
    ///
    /// @param key the issuer's key
    /// @param response the issuer's response
    /// @return the token, verified
    /// @throws InvalidSignature if the issuer signed another message or used another key
    public Token finish(IssuerPublicKey key, TokenResponse response) throws InvalidSignature {
        return finish(key, response.blindSignature());
    }

    /// Unblinds and verifies a blind signature that the issuer did not send as a [TokenResponse].
    ///
    /// @param key the issuer's key
    /// @param blindSignature 256 bytes
    /// @return the token, verified
    /// @throws InvalidSignature if the issuer signed another message or used another key
    public Token finish(IssuerPublicKey key, byte[] blindSignature) throws InvalidSignature {
        return Token.of(input, Token.RSA.finish(key.rsa(), input, blindSignature, inverse));
    }

    @Override
    public String toString() {
        return "PendingToken(hidden)";
    }
}
