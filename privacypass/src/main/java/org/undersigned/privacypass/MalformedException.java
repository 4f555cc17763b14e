package org.undersigned.privacypass;

/// Bytes that are not what the specification says; the message names the byte.
public final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message);
    }

    static void requireLength(byte[] bytes, int length, String what) {
        if (bytes.length != length) {
            throw new MalformedException(what + " has " + length + " bytes, not " + bytes.length);
        }
    }
}
