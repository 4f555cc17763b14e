package org.undersigned.server.content.coverage;

import org.jspecify.annotations.Nullable;

/// A word that indicates a number without stating it. English and Spanish words with the same meaning share one
/// constant.
public enum VagueWord {
    SMALL_GROUP(null),
    CROWD(null),
    HANDFUL(null),
    SEVERAL(2L),
    /// Singular. Literally exactly 12, but Count Love uses 10 for it.
    A_DOZEN(12L),
    TENS(20L),
    DOZENS(24L),
    SEVERAL_DOZEN(24L),
    SCORES(40L),
    HUNDREDS(200L),
    SEVERAL_HUNDRED(200L),
    THOUSANDS(2_000L),
    SEVERAL_THOUSAND(2_000L),
    TENS_OF_THOUSANDS(20_000L),
    HUNDREDS_OF_THOUSANDS(200_000L),
    MILLIONS(2_000_000L);

    private final @Nullable Long literalLeast;

    VagueWord(@Nullable Long literalLeast) {
        this.literalLeast = literalLeast;
    }

    /// The lowest number that the word literally allows: a plural is two or more, and so is "several". Null if the
    /// word implies no number.
    public @Nullable Long literalLeast() {
        return literalLeast;
    }
}
