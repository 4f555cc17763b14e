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
    /// @throws MalformedException if they are not 98, 256 and 256 bytes
    public static PendingToken restore(byte[] tokenInput, byte[] blinded, byte[] inverse) {
        MalformedException.requireLength(tokenInput, Token.INPUT_SIZE, "a token input");
        MalformedException.requireLength(blinded, 256, "a blinded message");
        MalformedException.requireLength(inverse, 256, "an inverse");
        return new PendingToken(tokenInput.clone(), blinded.clone(), inverse.clone());
    }

    /// 98 bytes; secret until the token is used.
    public byte[] tokenInput() {
        return input.clone();
    }

    /// 256 bytes: what the issuer sees.
    public byte[] blinded() {
        return blinded.clone();
    }

    /// 256 bytes; secret.
    public byte[] inverse() {
        return inverse.clone();
    }

    /// What to send to an issuer that speaks RFC 9578.
    public TokenRequest request(IssuerPublicKey key) {
        return TokenRequest.of(key, blinded);
    }

    /// Unblinds and verifies the issuer's answer.
    ///
    /// @throws InvalidSignature the issuer did not sign what was asked, or with another key
    public Token finish(IssuerPublicKey key, TokenResponse response) throws InvalidSignature {
        return finish(key, response.blindSignature());
    }

    /// Unblinds and verifies the issuer's answer that came in another envelope than a [TokenResponse].
    ///
    /// @param blindSignature 256 bytes
    ///
    /// @throws InvalidSignature the issuer did not sign what was asked, or with another key
    public Token finish(IssuerPublicKey key, byte[] blindSignature) throws InvalidSignature {
        return Token.of(input, Token.RSA.finish(key.rsa(), input, blindSignature, inverse));
    }

    @Override
    public String toString() {
        return "PendingToken(hidden)";
    }
}
