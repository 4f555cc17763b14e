package org.undersigned.server.content.directory;

/// A file cannot be imported, and nothing of it was stored. The message is the one line that the operator reads,
/// and contains the position of the fault. It contains no content of the file except the wrong value.
public final class ImportFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 60;

    private final String file;
    private final long line;
    private final long column;

    /// @param line   physical line of the file, from 1; 0 if the file as a whole is wrong
    /// @param column character of that line, from 1; a byte-order mark is not counted
    ImportFailure(String file, long line, long column, String message) {
        super(file + (line == 0 ? "" : ", line " + line + ", column " + column) + ": " + message);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    ImportFailure(String file, String message) {
        this(file, 0, 0, message);
    }

    ImportFailure(String file, TextPosition position, String message) {
        this(file, position.line(), position.column(), message);
    }

    public String file() {
        return file;
    }

    public long line() {
        return line;
    }

    public long column() {
        return column;
    }

    /// Returns a value in quotes, shortened to fit on one line, with control characters replaced.
    static String shown(String value) {
        var printable = value.replaceAll("\\p{Cntrl}", "?");
        return '"' + (printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…") + '"';
    }
}
