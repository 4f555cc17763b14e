package org.undersigned.server.publish.share;

import java.text.BreakIterator;
import java.util.Locale;

/// Builds a page's description for search engines and messengers: 50 to 160 characters, the length that they show.
final class PageDescription {
    static final int SHORTEST = 50;
    static final int LONGEST = 160;
    private static final String ELLIPSIS = "…";

    private PageDescription() {}

    /// Joins the sentences. Cuts them between words if they are too long, and adds `filler` if they are too short.
    static String of(String filler, String... sentences) {
        var text = String.join(" ", sentences).strip().replaceAll("\\s+", " ");
        return cut(text.length() < SHORTEST ? text + " " + filler : text);
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) return text;
        var end = last(BreakIterator.getLineInstance(Locale.ROOT), text);
        if (end < SHORTEST) end = last(BreakIterator.getCharacterInstance(Locale.ROOT), text); // one very long word
        return text.substring(0, end).strip().replaceAll("[,;:.–—-]+$", "") + ELLIPSIS;
    }

    /// The last position at which the text may be cut.
    private static int last(BreakIterator breaks, String text) {
        breaks.setText(text);
        return breaks.preceding(LONGEST - ELLIPSIS.length() + 1);
    }
}
