package org.undersigned.server.publish.data;

import java.util.Locale;

/// The type of a column's values, with its name in XML Schema (W3C "Metadata Vocabulary for Tabular Data" §5.11.1).
/// An unknown value is an empty cell (CSV) or null (JSON).
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
    /// `2015-08` if the day is unknown.
    DAY_OR_MONTH("string"),
    /// Local time at the place: `15:00:00`.
    TIME("time"),
    /// In UTC.
    MOMENT("dateTime"),
    /// An absolute URL.
    ADDRESS("anyURI"),
    /// Ids, separated by blanks in a cell.
    WORDS("string"),
    /// Whole numbers, separated by blanks in a cell.
    NUMBERS("integer");

    /// Separates the items of a list; no id contains it.
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

    /// True if its cells are numbers, which a spreadsheet may read as numbers.
    boolean isNumber() {
        return this == NUMBER || this == DEGREES;
    }

    /// The name in message keys.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
