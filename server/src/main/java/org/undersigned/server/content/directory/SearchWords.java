package org.undersigned.server.content.directory;

import java.text.Normalizer;
import java.util.Locale;

/// Names as people type them: Bayamón and "bayamon", Texas A&M and "a and m" are the same words.
public final class SearchWords {
    private SearchWords() {}

    /// Lower-case ASCII words with single spaces between them; the same for everybody, whatever their locale.
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
