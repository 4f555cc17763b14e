package org.undersigned.server.content.document;

/// Thrown for an invalid document, with the place and the reason.
public final class InvalidDocument extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private static final int LONGEST = 300; // characters

    private final int line;
    private final int column;

    InvalidDocument(int line, int column, String what) {
        super("line " + line + ", column " + column + ": " + oneLine(what));
        this.line = line;
        this.column = column;
    }

    /// One line of at most 300 characters, because a name from a document can contain anything.
    private static String oneLine(String what) {
        var plain = what.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
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
