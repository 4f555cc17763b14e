package org.undersigned.tlog;

import java.util.regex.Pattern;

/// Parses tree sizes and indices in the decimal form of the C2SP formats.
final class Decimal {
    /// At most 18 digits, so that every number fits a long; no log has more entries.
    private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final long MAX = 999_999_999_999_999_999L;

    private Decimal() {}

    /// Checks that [#parse] accepts `number`, so that every value a type holds can be read back.
    ///
    /// @throws IllegalArgumentException if `number` is negative or has more than 18 digits
    static void requireFits(long number, String what) {
        if (number < 0) throw new IllegalArgumentException(what + " must not be negative");
        if (number > MAX) throw new IllegalArgumentException(what + " must have at most 18 digits");
    }

    /// Parses ASCII digits without leading zeros.
    ///
    /// @throws IllegalArgumentException if `text` is anything else
    static long parse(String text) {
        if (!CANONICAL.matcher(text).matches())
            throw new IllegalArgumentException("not a number without leading zeros");
        return Long.parseLong(text);
    }
}
