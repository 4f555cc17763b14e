package org.undersigned.server.content.coverage;

import org.jspecify.annotations.Nullable;

/// A word that stands for a number without saying it. English and Spanish words of one meaning are one
/// constant.
public enum VagueWord {
    SMALL_GROUP(null),
    CROWD(null),
    HANDFUL(null),
    SEVERAL(2L),
    /// Singular. Exactly twelve by the letter, but Count Love writes 10 for it.
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

    /// The least the letter allows: a plural is two or more, and so is "several". Null if it says no
    /// number.
    public @Nullable Long literalLeast() {
        return literalLeast;
    }
}
