package org.undersigned.record;

import java.util.Collection;
import java.util.Locale;

/// Canonical identity (PROTOCOL §4): the same text for every spelling of a person's address.
public final class Identity {
    /// Folds capitals; every roll does.
    public static final String CASE = "case";
    /// Folds everything after a plus; every roll does.
    public static final String PLUS_TAG = "plus-tag";
    /// Folds everything after a hyphen.
    public static final String HYPHEN_TAG = "hyphen-tag";
    /// Folds dots.
    public static final String DOTS = "dots";

    private Identity() {}

    /// The local part in lower case, without its `+tag` and what the roll folds, at `place`.
    ///
    /// @param local part of the address before the `@`
    /// @param folds what of a name does not count at this roll
    /// @param place the roll, or the address's own domain if people at that domain are apart
    public static String of(String local, Collection<String> folds, String place) {
        var name = before('+', local.toLowerCase(Locale.ROOT));
        if (folds.contains(HYPHEN_TAG)) name = before('-', name);
        if (folds.contains(DOTS)) name = name.replace(".", "");
        return name + "@" + place;
    }

    /// Returns the text before the first `mark`; all of it if there is none, or nothing before it.
    private static String before(char mark, String text) {
        var at = text.indexOf(mark);
        return at < 1 ? text : text.substring(0, at);
    }
}
