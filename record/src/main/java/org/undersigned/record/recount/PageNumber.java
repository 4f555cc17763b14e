package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A number a page shows of a box, marked so that it can be checked:
/// `<data class="count" data-box="BOX" data-class="member" data-size="N" value="C">C</data>`.
///
/// @param box as it says
/// @param size leaves of the box when it had that count; -1 if the page does not say
/// @param value a number, or `<10` for one too small to print
/// @param read what a person reads there; null if it is no plain short text
record PageNumber(
        String box,
        String className,
        long size,
        String value,
        @Nullable String read) {
    // bounded: a hostile page is read in one go
    private static final Pattern DATA = Pattern.compile("<data\\s([^>]{0,1000}+)>(?:([^<]{0,60}+)</data>)?");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    /// A class this small would point at people (PRODUCT, "Rules").
    private static final long SMALL = 10;

    /// Every number a page marks as counted, of whatever box.
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

    /// Whether a person reads there what its value says: the same digits, in any grouping.
    boolean isReadAsItSays() {
        return read != null && read.replaceAll("[^0-9]", "").equals(value.replaceAll("[^0-9]", ""));
    }

    /// Whether it is true of a class with `count`.
    boolean shows(long count) {
        return value.equals("<" + SMALL) ? count < SMALL : value.equals(Long.toString(count));
    }

    /// Whether a page may leave `count` out.
    static boolean mayHide(long count) {
        return count < SMALL;
    }
}
