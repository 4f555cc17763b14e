package org.undersigned.privacypass;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A client's request to an issuer (RFC 9578 §6.1): 259 bytes,
/// `0x0002 ‖ u8 truncated_token_key_id ‖ blinded_msg[256]`.
public final class TokenRequest {
    /// Bytes of the encoding.
    public static final int SIZE = 259;

    /// The media type of a request (RFC 9578 §6.1).
    public static final String MEDIA_TYPE = "application/private-token-request";

    private static final int BLINDED = 3;

    private final byte[] bytes;

    private TokenRequest(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Parses a request; [Issuer#issue] checks that the issuer can sign it.
    ///
    /// @param bytes 259 bytes, as written by [#encode]
    /// @return the request
    /// @throws MalformedException if it is not 259 bytes, or does not begin with token type 2
    public static TokenRequest parse(byte[] bytes) {
        MalformedException.requireLength(bytes, SIZE, "a token request");
        MalformedException.requireType(bytes);
        return new TokenRequest(bytes.clone());
    }

    /// @param key     the issuer's key
    /// @param blinded 256 bytes
    static TokenRequest of(IssuerPublicKey key, byte[] blinded) {
        return parse(ByteBuffer.allocate(SIZE)
                .putShort((short) TokenChallenge.TOKEN_TYPE)
                .put(key.truncatedKeyId())
                .put(blinded)
                .array());
    }

    /// Identifies one of the issuer's keys (RFC 9578 §6.1).
    ///
    /// @return the last byte of the key's id
    public byte truncatedKeyId() {
        return bytes[BLINDED - 1];
    }

    /// The blinded message.
    ///
    /// @return 256 bytes, a copy
    public byte[] blinded() {
        return Arrays.copyOfRange(bytes, BLINDED, SIZE);
    }

    /// The encoding (RFC 9578 §6.1).
    ///
    /// @return 259 bytes, a copy
    public byte[] encode() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenRequest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
