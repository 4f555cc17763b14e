package org.undersigned.server.content.directory;

import java.io.IOException;
import java.io.Reader;

/// A reader between a CSV file and its parser that stores the text of the current record, so that an error message
/// can give the exact character. The text before that record is counted and discarded. A record without an end is
/// refused before it fills the memory.
final class RecordWindow extends Reader {
    static final int MAX_RECORD = 65_536; // characters; the widest of a real file has 3,000
    private static final int AHEAD = 16_384; // characters that the parser's buffer may have read after the record

    private final Reader in;
    private final String file;
    private final StringBuilder kept = new StringBuilder();
    private long keptFrom; // characters before `kept`
    private TextPosition start = TextPosition.START; // of `kept`

    RecordWindow(Reader in, String file) {
        this.in = in;
        this.file = file;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (kept.length() > MAX_RECORD + AHEAD) {
            var row = start.after(kept, 0, secondRecord());
            throw new ImportFailure(
                    file, row, "this row has more than " + MAX_RECORD + " characters; is a quote left open?");
        }
        var read = in.read(buffer, offset, length);
        if (read > 0) kept.append(buffer, offset, read);
        return read;
    }

    /// Starts the record at this character offset of the file; the parser reads it next.
    void beginRecord(long offset) {
        var before = Math.toIntExact(offset - keptFrom);
        // Skips empty lines as the parser does: the record begins at its first character.
        while (before < kept.length() && (kept.charAt(before) == '\n' || kept.charAt(before) == '\r')) before++;
        start = start.after(kept, 0, before);
        kept.delete(0, before);
        keptFrom += before;
    }

    /// Returns the position where field `index` of the record begins, or where the record ends if it has fewer
    /// fields.
    TextPosition field(int index) {
        return start.after(kept, 0, offset(index));
    }

    private int secondRecord() {
        var next = offset(Integer.MAX_VALUE);
        while (next < kept.length() && (kept.charAt(next) == '\n' || kept.charAt(next) == '\r')) next++;
        return next < kept.length() ? next : 0;
    }

    private int offset(int index) {
        var field = 0;
        var i = 0;
        while (field < index && i < kept.length()) {
            if (kept.charAt(i) == '"') i = Math.min(closingQuote(i) + 1, kept.length());
            while (i < kept.length() && ",\r\n".indexOf(kept.charAt(i)) < 0) i++;
            if (i == kept.length() || kept.charAt(i) != ',') break;
            field++;
            i++;
        }
        return i;
    }

    /// Returns the position of the quoting error after the last good record: the character after a closing quote
    /// that is not a comma, or the quote that is never closed.
    TextPosition quoteFault() {
        for (var i = 0; i < kept.length(); i++) {
            if (kept.charAt(i) == '"') {
                var close = closingQuote(i);
                if (close >= kept.length()) return start.after(kept, 0, i);
                i = close + 1;
                while (i < kept.length() && kept.charAt(i) == ' ') i++;
                if (i < kept.length() && ",\r\n".indexOf(kept.charAt(i)) < 0) return start.after(kept, 0, i);
            } else {
                while (i < kept.length() && ",\r\n".indexOf(kept.charAt(i)) < 0) i++;
            }
        }
        return start;
    }

    private int closingQuote(int open) {
        for (var i = open + 1; i < kept.length(); i++) {
            if (kept.charAt(i) != '"') continue;
            if (i + 1 < kept.length() && kept.charAt(i + 1) == '"') i++;
            else return i;
        }
        return kept.length();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
