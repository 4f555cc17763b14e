package org.undersigned.server.publish.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a table as CSV (RFC 4180): UTF-8 without a byte order mark, CRLF, a first line of column names, an empty
/// cell for an unknown value.
final class CsvTable {
    /// Text that a spreadsheet could run as a formula (OWASP, "CSV Injection"). It includes the full-width forms of
    /// the characters, and blanks before them: a program that trims cells would find the character first. It
    /// includes the apostrophe, so that a reader can remove the guard again.
    private static final Pattern RISKY =
            Pattern.compile("[\\s\\p{Z}\\p{Cf}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*|[\\t\\r\\n'].*", Pattern.DOTALL);

    /// The same inside a cell: a spreadsheet whose list separator is not the comma begins a new cell or a new row
    /// there. A comma needs no guard: a program that splits at commas respects the quotes.
    private static final Pattern RISKY_INSIDE =
            Pattern.compile("([;\\t\\r\\n])(?=[\\s\\p{Z}\\p{Cf}&&[^\\t\\r\\n]]*[=+\\-@'\uFF1D\uFF0B\uFF0D\uFF20])");

    private static final String GUARD = "'";

    private CsvTable() {}

    static byte[] write(Table<?> table, CampaignData data) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            csv.writeRecord(table.columns().stream().map(Column::name).toList());
            for (var row : table.values(data)) {
                var record = csv.writeRecord();
                for (var i = 0; i < row.size(); i++) {
                    record.writeField(cell(table.columns().get(i).type(), row.get(i)));
                }
                record.endRecord();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the output is in memory
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static @Nullable String cell(ColumnType type, @Nullable Object value) {
        if (value == null) return null;
        if (type.isNumber()) return value.toString();
        return guarded(value instanceof List<?> list ? joined(list) : value.toString());
    }

    private static String joined(List<?> list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(ColumnType.BETWEEN));
    }

    private static String guarded(String text) {
        var inside = RISKY_INSIDE.matcher(text).replaceAll("$1" + GUARD);
        return RISKY.matcher(text).matches() ? GUARD + inside : inside;
    }
}
