package org.undersigned.server.platform.http;

/// What `If-Match` and `If-None-Match` say (RFC 9110 §13.1.1, §13.1.2).
final class EntityTags {
    private static final int LONGEST = 4_096; // characters looked at

    private EntityTags() {}

    /// Whether a list of entity tags has this one, compared weakly (§8.8.3.2); `*` is any. What is not well-formed
    /// ends the list.
    ///
    /// @param tag strong, with its quotation marks
    static boolean match(String list, String tag) {
        return match(list, tag, true);
    }

    /// As [#match], compared strongly: a weak tag is no other's like.
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
