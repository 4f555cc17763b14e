package org.undersigned.server.publish.data;

import java.util.Locale;

/// What stands in a column, with its name in XML Schema (W3C "Metadata Vocabulary for Tabular Data" §5.11.1). What
/// is not known stands nowhere: an empty cell, a null.
enum ColumnType {
    /// An id, a slug, or one of a few words.
    WORD("string"),
    TEXT("string"),
    /// A whole number.
    NUMBER("integer"),
    /// Degrees north or east.
    DEGREES("double"),
    FLAG("boolean"),
    DAY("date"),
    /// `2015-08` where nobody said the day.
    DAY_OR_MONTH("string"),
    /// On the wall of the place: `15:00:00`.
    TIME("time"),
    /// In UTC.
    MOMENT("dateTime"),
    /// Absolute.
    ADDRESS("anyURI"),
    /// Ids, in a cell with blanks between.
    WORDS("string"),
    /// Whole numbers, in a cell with blanks between.
    NUMBERS("integer");

    /// Between the items of a list: no id has one in it.
    static final String BETWEEN = " ";

    static final String DAY_OR_MONTH_FORMAT = "[0-9]{4}-[0-9]{2}(-[0-9]{2})?";

    private final String xsd;

    ColumnType(String xsd) {
        this.xsd = xsd;
    }

    String xsd() {
        return xsd;
    }

    boolean isList() {
        return this == WORDS || this == NUMBERS;
    }

    /// Whether its cells are numbers, which a spreadsheet may take as such.
    boolean isNumber() {
        return this == NUMBER || this == DEGREES;
    }

    /// As in message keys.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
