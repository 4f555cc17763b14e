package org.undersigned.tlog;

import java.util.regex.Pattern;

/// A tree size or index as the C2SP formats write it.
final class Decimal {
    /// Up to 18 digits: a log with more entries does not exist.
    private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Decimal() {}

    /// Reads ASCII digits without leading zeros.
    ///
    /// @throws IllegalArgumentException if `text` is anything else
    static long parse(String text) {
        if (!CANONICAL.matcher(text).matches())
            throw new IllegalArgumentException("not a number without leading zeros");
        return Long.parseLong(text);
    }
}
