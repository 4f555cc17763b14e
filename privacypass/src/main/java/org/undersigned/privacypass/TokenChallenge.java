package org.undersigned.privacypass;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A challenge, for which tokens are issued (RFC 9577 §2.1), for token type 2:
/// `0x0002 ‖ u16 len ‖ issuer name ‖ u8 len ‖ redemption context ‖ u16 len ‖ origin info`.
///
/// @param issuerName        1 to 65,535 ASCII bytes
/// @param redemptionContext 0 or 32 bytes
/// @param originInfo        host names, may be empty; the encoding separates them by commas
public record TokenChallenge(String issuerName, byte[] redemptionContext, List<String> originInfo) {
    /// The token type of publicly verifiable tokens (blind RSA).
    public static final int TOKEN_TYPE = 2;

    private static final int CONTEXT_SIZE = 32;

    /// Checks the parts.
    ///
    /// @throws MalformedException if a length is out of range or a name is not plain ASCII
    public TokenChallenge {
        redemptionContext = redemptionContext.clone();
        originInfo = List.copyOf(originInfo);
        requireAscii(issuerName, "an issuer name");
        if (issuerName.isEmpty()) throw new MalformedException("an issuer name is empty");
        for (var origin : originInfo) {
            requireAscii(origin, "an origin name");
            if (origin.isEmpty() || origin.contains(","))
                throw new MalformedException("an origin name is empty or has a comma");
        }
        requireAscii(String.join(",", originInfo), "origin info");
        if (redemptionContext.length != 0 && redemptionContext.length != CONTEXT_SIZE) {
            throw new MalformedException("a redemption context must have 0 or 32 bytes");
        }
    }

    private static void requireAscii(String text, String what) {
        if (text.length() > 65_535 || !text.chars().allMatch(TokenChallenge::isVisible)) {
            throw new MalformedException(what + " must be at most 65,535 visible ASCII characters");
        }
    }

    private static boolean isVisible(int character) {
        return character > 0x20 && character < 0x7f;
    }

    /// Parses a challenge.
    ///
    /// @param bytes as written by [#encode]
    /// @return the challenge
    /// @throws MalformedException naming the byte that breaks the format
    public static TokenChallenge parse(byte[] bytes) {
        if (bytes.length < 2) throw new MalformedException("byte " + bytes.length + ": the challenge ends too early");
        MalformedException.requireType(bytes);
        var in = ByteBuffer.wrap(bytes).position(2);
        try {
            var issuer = text(in, in.getShort() & 0xffff, "an issuer name");
            if (issuer.isEmpty()) throw new MalformedException("byte 2: the issuer name is empty");
            var contextLength = in.get() & 0xff;
            if (contextLength != 0 && contextLength != CONTEXT_SIZE) {
                throw new MalformedException("byte " + (in.position() - 1)
                        + ": a redemption context must have 0 or 32 bytes, not " + contextLength);
            }
            var context = new byte[contextLength];
            in.get(context);
            var at = in.position() + 2;
            var origins = text(in, in.getShort() & 0xffff, "origin info");
            if (in.hasRemaining())
                throw new MalformedException("byte " + in.position() + ": extra bytes after the challenge");
            return new TokenChallenge(issuer, context, split(origins, at));
        } catch (BufferUnderflowException e) {
            throw new MalformedException("byte " + bytes.length + ": the challenge ends too early");
        }
    }

    private static String text(ByteBuffer in, int length, String what) {
        var at = in.position();
        var bytes = new byte[length];
        in.get(bytes);
        for (var i = 0; i < length; i++) {
            if (!isVisible(bytes[i])) {
                throw new MalformedException("byte " + (at + i) + ": " + what + " must be visible ASCII characters");
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static List<String> split(String origins, int at) {
        if (origins.isEmpty()) return List.of();
        var names = List.of(origins.split(",", -1));
        for (var name : names) {
            if (name.isEmpty()) throw new MalformedException("byte " + at + ": an origin name is empty");
            at += name.length() + 1;
        }
        return names;
    }

    /// The encoding (RFC 9577 §2.1).
    ///
    /// @return 8 to 131,109 bytes
    public byte[] encode() {
        var issuer = issuerName.getBytes(StandardCharsets.US_ASCII);
        var origins = String.join(",", originInfo).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(7 + issuer.length + redemptionContext.length + origins.length)
                .putShort((short) TOKEN_TYPE)
                .putShort((short) issuer.length)
                .put(issuer)
                .put((byte) redemptionContext.length)
                .put(redemptionContext)
                .putShort((short) origins.length)
                .put(origins)
                .array();
    }

    /// The challenge_digest of a token (RFC 9577 §2.2).
    ///
    /// @return SHA-256 of [#encode], 32 bytes
    public byte[] digest() {
        return Sha256.of(encode());
    }

    /// Binds tokens to one context.
    ///
    /// @return 0 or 32 bytes, a copy
    @Override
    public byte[] redemptionContext() {
        return redemptionContext.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenChallenge that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}
