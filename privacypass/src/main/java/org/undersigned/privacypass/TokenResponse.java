package org.undersigned.privacypass;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an issuer answers (RFC 9578 §6.2): 256 bytes, `blind_sig[256]`.
public final class TokenResponse {
    /// Bytes of the encoding.
    public static final int SIZE = 256;

    /// The media type a response travels under (RFC 9578 §6.2).
    public static final String MEDIA_TYPE = "application/private-token-response";

    private final byte[] bytes;

    private TokenResponse(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads a response's form; [PendingToken#finish] says whether it is an answer.
    ///
    /// @param bytes 256
    /// @return the response
    /// @throws MalformedException if it is not 256 bytes
    public static TokenResponse parse(byte[] bytes) {
        MalformedException.requireLength(bytes, SIZE, "a token response");
        return new TokenResponse(bytes.clone());
    }

    /// For [PendingToken#finish].
    ///
    /// @return 256 bytes, a copy
    public byte[] blindSignature() {
        return bytes.clone();
    }

    /// As it travels (RFC 9578 §6.2).
    ///
    /// @return 256 bytes, a copy
    public byte[] encode() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenResponse that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
