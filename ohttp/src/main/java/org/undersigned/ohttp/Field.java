package org.undersigned.ohttp;

import java.util.regex.Pattern;

/// A field line of a message (RFC 9292 §3.6).
///
/// @param name  a token in lower case, 1 to 256 characters (RFC 9110 §5.1); no pseudo-field
/// @param value visible ASCII characters, blanks and tabs, none of them at the ends; at most 8,192 (RFC 9110 §5.5)
public record Field(String name, String value) {
    private static final int MAX_NAME = 256;
    private static final int MAX_VALUE = 8_192;
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("|[!-~]|[!-~][\t -~]*[!-~]");

    /// Checks the parts.
    ///
    /// @throws MalformedException if the name is no token in lower case, or the value is no field value
    public Field {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new MalformedException("a field's name must be a token in lower case of at most " + MAX_NAME);
        }
        if (value.length() > MAX_VALUE || !VALUE.matcher(value).matches()) {
            throw new MalformedException("a field's value must have at most " + MAX_VALUE
                    + " visible characters, without blanks at its ends");
        }
    }

    @Override
    public String toString() {
        return "Field(hidden)";
    }
}
