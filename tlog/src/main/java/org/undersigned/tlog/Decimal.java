package org.undersigned.tlog;

import java.util.regex.Pattern;

/// A tree size or index as the C2SP formats write it.
final class Decimal {
    /// Up to 18 digits: a log with more entries does not exist.
    private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final long MAX = 999_999_999_999_999_999L;

    private Decimal() {}

    /// What [#parse] would refuse, no type holds.
    ///
    /// @throws IllegalArgumentException if `number` is negative or has more than 18 digits
    static void requireFits(long number, String what) {
        if (number < 0) throw new IllegalArgumentException(what + " is not negative");
        if (number > MAX) throw new IllegalArgumentException(what + " has at most 18 digits");
    }

    /// Reads ASCII digits without leading zeros.
    ///
    /// @throws IllegalArgumentException if `text` is anything else
    static long parse(String text) {
        if (!CANONICAL.matcher(text).matches())
            throw new IllegalArgumentException("not a number without leading zeros");
        return Long.parseLong(text);
    }
}
