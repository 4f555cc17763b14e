package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import org.undersigned.tlog.Hash;

/// A [BookSecret] as a person writes it down (PROTOCOL §4): 28 letters and digits in seven groups of four. The last 12
/// bits come from the others by SHA-256, so that a slip of the pen is noticed.
final class RecoveryCode {
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 28;
    private static final int CHECK_BITS = 12;
    /// What a QR code has before the code, so that a camera does not take it for something to look up.
    private static final String SCHEME = "UNDERSIGNED:";

    private RecoveryCode() {}

    static String of(BookSecret secret) {
        var bits = new BigInteger(1, secret.bytes()).shiftLeft(CHECK_BITS).or(BigInteger.valueOf(check(secret)));
        var code = new StringBuilder();
        for (int i = LENGTH - 1; i >= 0; i--) {
            code.append(SYMBOLS.charAt(bits.shiftRight(5 * i).intValue() & 31));
            if (i % 4 == 0 && i > 0) code.append(' ');
        }
        return code.toString();
    }

    /// Reads a code as a person types it or a camera reads it: upper or lower case, with blanks or hyphens anywhere;
    /// I and L are 1, O is 0.
    ///
    /// @throws IllegalArgumentException if it is no code; the message does not repeat it
    static BookSecret parse(String typed) {
        var code = typed.replaceAll("[\\s\\p{Z}\\p{Cf}-]", "").toUpperCase(Locale.ROOT);
        if (code.startsWith(SCHEME)) code = code.substring(SCHEME.length());
        code = code.replaceAll("[IL]", "1").replace('O', '0');
        if (code.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "a recovery code has " + LENGTH + " letters and digits, not " + code.length());
        }
        var bits = BigInteger.ZERO;
        for (int i = 0; i < LENGTH; i++) {
            int value = SYMBOLS.indexOf(code.charAt(i));
            if (value < 0) throw new IllegalArgumentException("a recovery code has letters and digits only, and no U");
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(value));
        }
        var wide = bits.shiftRight(CHECK_BITS).setBit(8 * BookSecret.SIZE).toByteArray(); // one byte more in front
        var secret = BookSecret.of(Arrays.copyOfRange(wide, 1, wide.length));
        if ((bits.intValue() & ((1 << CHECK_BITS) - 1)) != check(secret)) {
            throw new IllegalArgumentException("a letter or digit of this recovery code is wrong");
        }
        return secret;
    }

    private static int check(BookSecret secret) {
        var digest = Hash.sha256("undersigned/v1/recovery-code\0".getBytes(US_ASCII), secret.bytes())
                .bytes();
        return (digest[0] & 0xff) << 4 | (digest[1] & 0xff) >> 4;
    }
}
