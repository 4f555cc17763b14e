package org.undersigned.server.pages;

import java.text.BreakIterator;
import java.util.Locale;

/// A page's description for searchers and messengers: 50 to 160 characters, which is what they show.
final class Summary {
    static final int SHORTEST = 50;
    static final int LONGEST = 160;
    private static final String ELLIPSIS = "…";

    private Summary() {}

    /// The first of the sentences, and of the others what is needed to reach 50 characters; cut between words.
    static String of(String... sentences) {
        var text = new StringBuilder();
        for (var sentence : sentences) {
            if (text.length() >= SHORTEST) break;
            var plain = sentence.strip().replaceAll("\\s+", " ");
            if (!plain.isEmpty()) text.append(text.isEmpty() ? "" : " ").append(plain);
        }
        return cut(text.toString());
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) return text;
        var end = last(BreakIterator.getLineInstance(Locale.ROOT), text);
        if (end < SHORTEST) end = last(BreakIterator.getCharacterInstance(Locale.ROOT), text); // one endless word
        return text.substring(0, end).strip().replaceAll("[,;:.–—-]+$", "") + ELLIPSIS;
    }

    /// The last place before which the text may end.
    private static int last(BreakIterator breaks, String text) {
        breaks.setText(text);
        return breaks.preceding(LONGEST - ELLIPSIS.length() + 1);
    }
}
