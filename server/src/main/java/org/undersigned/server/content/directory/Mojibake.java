package org.undersigned.server.content.directory;

import java.util.Map;
import java.util.regex.Pattern;

/// Repairs letters of windows-1252 that a Macintosh program once read in its own encoding and saved that way: some
/// published HD files contain "BayamÛn" and "DoÒa Ana". A letter is replaced only where no language uses it: inside
/// a word, before or after a lower-case letter.
final class Mojibake {
    private static final Map<String, String> MEANT =
            Map.of("·", "á", "È", "é", "Ì", "í", "Ò", "ñ", "Û", "ó", "˙", "ú", "¸", "ü");
    private static final Pattern INSIDE = Pattern.compile("(?<=[a-z])[·ÈÌÒÛ˙¸](?![A-Z])|(?<=[A-Z])[·ÈÌÒÛ˙¸](?=[a-z])");
    private static final Pattern DASH = Pattern.compile("ñ(?=[A-Z])"); // a dash; no word has ñ before a capital

    private Mojibake() {}

    static String repair(String text) {
        if (text.chars().allMatch(c -> c < 128)) return text;
        var letters = INSIDE.matcher(text).replaceAll(found -> MEANT.getOrDefault(found.group(), found.group()));
        return DASH.matcher(letters).replaceAll("–");
    }
}
