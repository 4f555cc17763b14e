package org.undersigned.server.content.directory;

import java.util.Set;

/// Restores zip codes that lost their leading zeros because a spreadsheet read them as numbers.
final class ZipCode {
    /// States whose zip codes begin with one or two zeros; in New York these are Holtsville and Fishers Island.
    private static final Set<String> ZERO_STATES = Set.of("CT", "MA", "ME", "NH", "NJ", "NY", "RI", "VT", "PR", "VI");

    private static final Set<String> TWO_ZERO_STATES = Set.of("NY", "PR", "VI");

    private ZipCode() {}

    /// Returns five digits, or five and four with a hyphen.
    ///
    /// @throws IllegalArgumentException if lost zeros do not explain the value: then a digit is missing, and
    ///     nothing shows which one
    static String restore(String value, String state) {
        if (value.matches("[0-9]{5}(-[0-9]{4})?")) return value;
        if (value.matches("[0-9]{5}-")) return value.substring(0, 5);
        if (value.matches("[0-9]{7,9}")) {
            var split = value.length() - 4;
            return withZeros(value.substring(0, split), state) + "-" + value.substring(split);
        }
        if (value.matches("[0-9]{3,4}(-[0-9]{4})?")) {
            var digits = value.split("-", 2);
            var five = withZeros(digits[0], state);
            return digits.length == 1 ? five : five + "-" + digits[1];
        }
        throw new IllegalArgumentException("is not a zip code");
    }

    private static String withZeros(String digits, String state) {
        var lost = 5 - digits.length();
        var possible = lost == 0 || (lost == 1 ? ZERO_STATES : TWO_ZERO_STATES).contains(state);
        if (!possible) {
            throw new IllegalArgumentException(
                    "lacks a digit, but not a leading zero: no zip code of " + state + " begins like this");
        }
        return "0".repeat(lost) + digits;
    }
}
