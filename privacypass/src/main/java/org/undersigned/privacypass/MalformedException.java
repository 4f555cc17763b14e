package org.undersigned.privacypass;

/// Thrown for bytes that do not follow the specification; the message names the byte or the length.
public final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message);
    }

    static void requireLength(byte[] bytes, int length, String what) {
        if (bytes.length != length) {
            throw new MalformedException(what + " must have " + length + " bytes, not " + bytes.length);
        }
    }

    /// Checks the two bytes of the token type (RFC 9578 §8.1) one by one, so that the message can name the wrong
    /// one.
    static void requireType(byte[] bytes) {
        for (var at = 0; at < 2; at++) {
            if (bytes[at] != (byte) (TokenChallenge.TOKEN_TYPE >> (8 - 8 * at))) {
                throw new MalformedException("byte " + at + ": not token type 2");
            }
        }
    }
}
