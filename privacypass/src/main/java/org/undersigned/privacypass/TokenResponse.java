package org.undersigned.privacypass;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An issuer's response (RFC 9578 §6.2): 256 bytes, `blind_sig[256]`.
public final class TokenResponse {
    /// Bytes of the encoding.
    public static final int SIZE = 256;

    /// The media type of a response (RFC 9578 §6.2).
    public static final String MEDIA_TYPE = "application/private-token-response";

    private final byte[] bytes;

    private TokenResponse(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Parses a response without verifying it; [PendingToken#finish] verifies it.
    ///
    /// @param bytes 256
    /// @return the response
    /// @throws MalformedException if it is not 256 bytes
    public static TokenResponse parse(byte[] bytes) {
        MalformedException.requireLength(bytes, SIZE, "a token response");
        return new TokenResponse(bytes.clone());
    }

    /// The blind signature, input of [PendingToken#finish].
    ///
    /// @return 256 bytes, a copy
    public byte[] blindSignature() {
        return bytes.clone();
    }

    /// The encoding (RFC 9578 §6.2).
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
