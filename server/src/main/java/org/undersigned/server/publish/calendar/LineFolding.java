package org.undersigned.server.publish.calendar;

import java.nio.charset.StandardCharsets;

/// Folds content lines after at most 75 octets of UTF-8 (RFC 5545 §3.1) and never inside a character. The library
/// counts UTF-16 units instead, so that accents make its lines too long and it may split an emoji.
final class LineFolding {
    private static final int MOST_OCTETS = 75;

    private LineFolding() {}

    /// @param lines each with CRLF at its end
    static byte[] fold(String lines) {
        var folded = new StringBuilder(lines.length() + lines.length() / 32);
        var octets = 0;
        for (var i = 0; i < lines.length(); ) {
            var point = lines.codePointAt(i);
            if (point == '\r' || point == '\n') {
                octets = 0;
            } else {
                var more = octets(point);
                if (octets + more > MOST_OCTETS) {
                    folded.append("\r\n ");
                    octets = 1;
                }
                octets += more;
            }
            folded.appendCodePoint(point);
            i += Character.charCount(point);
        }
        return folded.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int octets(int point) {
        if (point < 0x80) return 1;
        if (point < 0x800) return 2;
        return point < 0x1_0000 ? 3 : 4;
    }
}
