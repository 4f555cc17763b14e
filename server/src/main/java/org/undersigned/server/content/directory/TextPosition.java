package org.undersigned.server.content.directory;

/// A position in a text file: line and character of the line, both from 1. CR, LF and CRLF each end a line.
record TextPosition(long line, long column) {
    static final TextPosition START = new TextPosition(1, 1);

    /// Returns the position after the characters from `from` to `to` of `text`, if `from` is at this position.
    TextPosition after(CharSequence text, int from, int to) {
        var newLine = line;
        var newColumn = column;
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            var ends = c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
            newLine += ends ? 1 : 0;
            newColumn = ends ? 1 : newColumn + 1;
        }
        return new TextPosition(newLine, newColumn);
    }
}
