package org.undersigned.server.platform.http;

/// Compares an entity tag with the lists of `If-Match` and `If-None-Match` (RFC 9110 §13.1.1, §13.1.2).
final class EntityTags {
    private static final int LONGEST = 4_096; // characters looked at

    private EntityTags() {}

    /// True if the list is `*` or contains `tag`, in weak comparison (§8.8.3.2). The list ends at its first
    /// malformed part.
    ///
    /// @param tag strong, with its quotation marks
    static boolean match(String list, String tag) {
        return match(list, tag, true);
    }

    /// Like [#match], in strong comparison: a weak tag matches no tag.
    static boolean matchStrongly(String list, String tag) {
        return match(list, tag, false);
    }

    private static boolean match(String list, String tag, boolean weakly) {
        var end = Math.min(list.length(), LONGEST);
        if (list.strip().equals("*")) return true;
        var at = 0;
        while (at < end) {
            var c = list.charAt(at);
            if (c == ' ' || c == '\t' || c == ',') {
                at++;
                continue;
            }
            var weak = list.startsWith("W/", at);
            if (weak) at += 2;
            if (at >= end || list.charAt(at) != '"') return false;
            var close = list.indexOf('"', at + 1);
            if (close < 0) return false;
            if ((weakly || !weak) && list.substring(at, close + 1).equals(tag)) return true;
            at = close + 1;
        }
        return false;
    }
}
