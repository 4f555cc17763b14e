package org.undersigned.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import org.undersigned.tlog.Hash;

/// A secret of 16 bytes as a person writes it down or reads it on paper (PROTOCOL §4): 28 letters and digits in seven
/// groups of four. The last 12 bits come from the others and the kind by SHA-256, so that a slip of the pen is noticed,
/// and a code of another kind is not taken for one.
public enum WrittenCode {
    /// Of a book: gives it again on another device.
    RECOVERY("undersigned/v1/recovery-code", "recovery code"),
    /// On a card: draws a book in person.
    CARD("undersigned/v1/card-code", "card's code");

    /// Bytes of a secret.
    public static final int SIZE = 16;

    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 28;
    private static final int CHECK_BITS = 12;
    /// What a QR code of a recovery code has before it, so that a camera does not take it for something to look up.
    private static final String SCHEME = "UNDERSIGNED:";

    private final String domain;
    private final String words;

    WrittenCode(String domain, String words) {
        this.domain = domain;
        this.words = words;
    }

    /// The 28 symbols in groups.
    ///
    /// @throws IllegalArgumentException if there are not 16 bytes
    public String write(byte[] secret) {
        return write(secret, " ");
    }

    /// The 28 symbols without blanks.
    ///
    /// @throws IllegalArgumentException if there are not 16 bytes
    public String symbols(byte[] secret) {
        return write(secret, "");
    }

    private String write(byte[] secret, String between) {
        if (secret.length != SIZE) throw new IllegalArgumentException("a secret must have " + SIZE + " bytes");
        var bits = new BigInteger(1, secret).shiftLeft(CHECK_BITS).or(BigInteger.valueOf(check(secret)));
        var code = new StringBuilder();
        for (int i = LENGTH - 1; i >= 0; i--) {
            code.append(SYMBOLS.charAt(bits.shiftRight(5 * i).intValue() & 31));
            if (i % 4 == 0 && i > 0) code.append(between);
        }
        return code.toString();
    }

    /// Reads a code as a person types it or a camera reads it: upper or lower case, with blanks or hyphens anywhere;
    /// I and L are 1, O is 0.
    ///
    /// @return the 16 bytes
    /// @throws IllegalArgumentException if it is no code of this kind; the message does not repeat it
    public byte[] read(String typed) {
        var code = typed.replaceAll("[\\s\\p{Z}\\p{Cf}-]", "").toUpperCase(Locale.ROOT);
        if (code.startsWith(SCHEME)) code = code.substring(SCHEME.length());
        code = code.replaceAll("[IL]", "1").replace('O', '0');
        if (code.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "a " + words + " has " + LENGTH + " letters and digits, not " + code.length());
        }
        var bits = BigInteger.ZERO;
        for (int i = 0; i < LENGTH; i++) {
            int value = SYMBOLS.indexOf(code.charAt(i));
            if (value < 0) throw new IllegalArgumentException("a " + words + " has letters and digits only, and no U");
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(value));
        }
        var wide = bits.shiftRight(CHECK_BITS).setBit(8 * SIZE).toByteArray(); // one byte more in front
        var secret = Arrays.copyOfRange(wide, 1, wide.length);
        if ((bits.intValue() & ((1 << CHECK_BITS) - 1)) != check(secret)) {
            throw new IllegalArgumentException("a letter or digit of this " + words + " is wrong");
        }
        return secret;
    }

    private int check(byte[] secret) {
        var digest = Hash.sha256((domain + "\0").getBytes(US_ASCII), secret).bytes();
        return (digest[0] & 0xff) << 4 | (digest[1] & 0xff) >> 4;
    }
}
