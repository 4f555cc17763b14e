package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A count of a box that a page shows, with markup that a recount can check:
/// `<data class="count" data-box="BOX" data-class="member" data-size="N" value="C">C</data>`.
///
/// @param box the box id in the markup
/// @param size the number of leaves of the box at that count; -1 if the markup does not contain it
/// @param value a number, or `<10` for a count that is too small to publish
/// @param read the text that a person reads there; null if it is not plain short text
record PageNumber(
        String box,
        String className,
        long size,
        String value,
        @Nullable String read) {
    // bounded quantifiers, because a hostile page is searched in one pass
    private static final Pattern DATA = Pattern.compile("<data\\s([^>]{0,1000}+)>(?:([^<]{0,60}+)</data>)?");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    /// A smaller count could identify people (PRODUCT, "Rules").
    private static final long SMALL = 10;

    /// All marked counts on a page, of any box.
    static List<PageNumber> of(String html) {
        var numbers = new ArrayList<PageNumber>();
        Matcher data = DATA.matcher(html);
        while (data.find()) {
            String attributes = data.group(1);
            if (!List.of(attribute(attributes, "class").split("\\s+")).contains("count")) continue;
            String size = attribute(attributes, "data-size");
            numbers.add(new PageNumber(
                    attribute(attributes, "data-box"),
                    attribute(attributes, "data-class"),
                    NUMBER.matcher(size).matches() ? Long.parseLong(size) : -1,
                    attribute(attributes, "value").replace("&lt;", "<"),
                    data.group(2)));
        }
        return numbers;
    }

    private static String attribute(String attributes, String name) {
        Matcher matcher = ATTRIBUTE.matcher(attributes);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) return matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        }
        return "";
    }

    /// True if the visible text has the same digits as the value, in any grouping.
    boolean visibleTextMatchesValue() {
        return read != null && read.replaceAll("[^0-9]", "").equals(value.replaceAll("[^0-9]", ""));
    }

    /// True if the value is correct for a class with `count` signatures.
    boolean isCorrectFor(long count) {
        return value.equals("<" + SMALL) ? count < SMALL : value.equals(Long.toString(count));
    }

    /// True if a page may omit `count`.
    static boolean mayHide(long count) {
        return count < SMALL;
    }
}
