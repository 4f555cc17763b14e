package org.undersigned.privacypass;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.blindrsa.BlindRsa;
import org.undersigned.privacypass.blindrsa.Variant;

/// A token of type 2 (RFC 9577 §2.2, RFC 9578 §6): 354 bytes,
/// `0x0002 ‖ nonce[32] ‖ challenge_digest[32] ‖ token_key_id[32] ‖ authenticator[256]`.
public final class Token {
    /// Bytes of the encoding.
    public static final int SIZE = 354;

    /// Number of bytes that the issuer signs: everything before the authenticator.
    public static final int INPUT_SIZE = 98;

    static final BlindRsa RSA = new BlindRsa(Variant.RSABSSA_SHA384_PSS_DETERMINISTIC, new SecureRandom());

    private final byte[] bytes;

    private Token(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Parses a token without verifying it; [#verify] verifies it.
    ///
    /// @param bytes 354 bytes, as written by [#encode]
    /// @return the token
    /// @throws MalformedException naming the length, or the byte that breaks the format
    public static Token parse(byte[] bytes) {
        MalformedException.requireLength(bytes, SIZE, "a token");
        MalformedException.requireType(bytes);
        return new Token(bytes.clone());
    }

    static Token of(byte[] input, byte[] authenticator) {
        return parse(ByteBuffer.allocate(SIZE).put(input).put(authenticator).array());
    }

    /// token_input (RFC 9578 §6.1).
    ///
    /// @param nonce 32 bytes
    /// @param challengeDigest 32 bytes, [TokenChallenge#digest]
    /// @param tokenKeyId 32 bytes, [IssuerPublicKey#keyId]
    /// @return 98 bytes
    /// @throws MalformedException if one of the three is not 32 bytes
    public static byte[] input(byte[] nonce, byte[] challengeDigest, byte[] tokenKeyId) {
        MalformedException.requireLength(nonce, 32, "a nonce");
        MalformedException.requireLength(challengeDigest, 32, "a challenge digest");
        MalformedException.requireLength(tokenKeyId, 32, "a token key id");
        return ByteBuffer.allocate(INPUT_SIZE)
                .putShort((short) TokenChallenge.TOKEN_TYPE)
                .put(nonce)
                .put(challengeDigest)
                .put(tokenKeyId)
                .array();
    }

    /// Checks that `key` signed this token (RFC 9578 §6.4). The caller checks that the token belongs to the right
    /// challenge and is new.
    ///
    /// @param key the issuer's key
    /// @return true if the signature is valid; false, never an exception, for another key or an invalid signature
    public boolean verify(IssuerPublicKey key) {
        return Arrays.equals(tokenKeyId(), key.keyId())
                && RSA.verify(key.rsa(), Arrays.copyOf(bytes, INPUT_SIZE), authenticator());
    }

    /// The encoding (RFC 9577 §2.2).
    ///
    /// @return 354 bytes, a copy
    public byte[] encode() {
        return bytes.clone();
    }

    /// Identifies the token: a verifier that must not accept a token twice stores it.
    ///
    /// @return 32 bytes, a copy
    public byte[] nonce() {
        return Arrays.copyOfRange(bytes, 2, 34);
    }

    /// The digest of the token's challenge.
    ///
    /// @return 32 bytes, [TokenChallenge#digest]; a copy
    public byte[] challengeDigest() {
        return Arrays.copyOfRange(bytes, 34, 66);
    }

    /// The id of the key that signed the token, as the token states it.
    ///
    /// @return 32 bytes, [IssuerPublicKey#keyId]; a copy
    public byte[] tokenKeyId() {
        return Arrays.copyOfRange(bytes, 66, 98);
    }

    /// The issuer's signature, RSASSA-PSS over the first 98 bytes.
    ///
    /// @return 256 bytes, a copy
    public byte[] authenticator() {
        return Arrays.copyOfRange(bytes, 98, SIZE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Token that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Token(hidden)";
    }
}
