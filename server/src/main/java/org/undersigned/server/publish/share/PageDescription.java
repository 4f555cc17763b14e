package org.undersigned.server.publish.share;

import java.text.BreakIterator;
import java.util.Locale;

/// A page's description for searchers and messengers: 50 to 160 characters, which is what they show.
final class PageDescription {
    static final int SHORTEST = 50;
    static final int LONGEST = 160;
    private static final String ELLIPSIS = "…";

    private PageDescription() {}

    /// The sentences, cut between words where they get too long; and `filler` if they are too short.
    static String of(String filler, String... sentences) {
        var text = String.join(" ", sentences).strip().replaceAll("\\s+", " ");
        return cut(text.length() < SHORTEST ? text + " " + filler : text);
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
