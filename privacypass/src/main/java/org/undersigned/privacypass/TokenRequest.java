package org.undersigned.privacypass;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a client sends to an issuer (RFC 9578 §6.1): 259 bytes,
/// `0x0002 ‖ u8 truncated_token_key_id ‖ blinded_msg[256]`.
public final class TokenRequest {
    /// Bytes of the encoding.
    public static final int SIZE = 259;

    /// The media type a request travels under (RFC 9578 §6.1).
    public static final String MEDIA_TYPE = "application/private-token-request";

    private static final int BLINDED = 3;

    private final byte[] bytes;

    private TokenRequest(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads a request's form; [Issuer#issue] says whether it can be answered.
    ///
    /// @param bytes 259, as [#encode] writes them
    /// @return the request
    /// @throws MalformedException if it is not 259 bytes, or byte 0 or 1 is not that of token type 2
    public static TokenRequest parse(byte[] bytes) {
        MalformedException.requireLength(bytes, SIZE, "a token request");
        MalformedException.requireType(bytes);
        return new TokenRequest(bytes.clone());
    }

    /// @param key     the issuer's
    /// @param blinded 256 bytes
    static TokenRequest of(IssuerPublicKey key, byte[] blinded) {
        return parse(ByteBuffer.allocate(SIZE)
                .putShort((short) TokenChallenge.TOKEN_TYPE)
                .put(key.truncatedKeyId())
                .put(blinded)
                .array());
    }

    /// Which of an issuer's keys is meant (RFC 9578 §6.1).
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

    /// As it travels (RFC 9578 §6.1).
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
