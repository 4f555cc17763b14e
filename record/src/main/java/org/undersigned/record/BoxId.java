package org.undersigned.record;

import java.security.SecureRandom;

/// The name of a box: 16 random bytes as 26 lower-case base32 characters (RFC 4648 §6, no padding).
public record BoxId(String value) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;

    /// @throws IllegalArgumentException if `value` is not the canonical spelling of 16 bytes
    public BoxId {
        if (value.length() != LENGTH) {
            throw new IllegalArgumentException("a box id must have " + LENGTH + " characters, not " + value.length());
        }
        for (int i = 0; i < LENGTH; i++) {
            if (ALPHABET.indexOf(value.charAt(i)) < 0) {
                throw new IllegalArgumentException("character " + i + " of the box id is not lower-case base32");
            }
        }
        // 26 characters hold 130 bits: the last two must be zero, otherwise one box would have four names
        if ((ALPHABET.indexOf(value.charAt(LENGTH - 1)) & 3) != 0) {
            throw new IllegalArgumentException("the box id's last character has bits beyond 16 bytes");
        }
    }

    public static BoxId of(String value) {
        return new BoxId(value);
    }

    public static BoxId random(SecureRandom random) {
        byte[] bytes = new byte[17]; // the last byte stays zero: it fills the 26th character
        byte[] drawn = new byte[16];
        random.nextBytes(drawn);
        System.arraycopy(drawn, 0, bytes, 0, drawn.length);
        var text = new StringBuilder(LENGTH);
        for (int bit = 0; text.length() < LENGTH; bit += 5) {
            int pair = (bytes[bit / 8] & 0xff) << 8 | (bit / 8 + 1 < bytes.length ? bytes[bit / 8 + 1] & 0xff : 0);
            text.append(ALPHABET.charAt(pair >> (11 - bit % 8) & 31));
        }
        return new BoxId(text.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
