package org.undersigned.server.document;

/// What is wrong with a document, and where.
public final class WrongDocument extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    WrongDocument(int line, int column, String what) {
        super("line " + line + ", column " + column + ": " + what);
        this.line = line;
        this.column = column;
    }

    /// From 1.
    public int line() {
        return line;
    }

    /// From 1, in characters.
    public int column() {
        return column;
    }
}
