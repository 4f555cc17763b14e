package org.undersigned.server.content.directory;

import java.text.Normalizer;
import java.util.Locale;

/// Normalizes names as people type them: Bayamón and "bayamon", Texas A&M and "a and m" give the same words.
public final class SearchWords {
    private SearchWords() {}

    /// Returns lower-case ASCII words with single spaces between them; the result does not depend on the locale.
    public static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replace("&", " and ")
                .replaceAll("['’]", "")
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
    }
}
