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

/// Writes a table as CSV (RFC 4180): UTF-8 without a mark, CRLF, a line of names first, an empty cell for what
/// nobody said.
final class CsvTable {
    /// What a spreadsheet would run as a formula (OWASP, "CSV Injection"), in their wide forms and after blanks
    /// too: a program that trims cells would see it first. An apostrophe is among them so that the guard can be
    /// taken away.
    private static final Pattern RISKY =
            Pattern.compile("[\\s\\p{Z}\\p{Cf}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*|[\\t\\r\\n'].*", Pattern.DOTALL);

    /// The same in mid-cell, where a spreadsheet whose list separator is not the comma takes a new cell to begin,
    /// or a new row. Commas need none: a program that splits at commas heeds the quotes.
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
            throw new UncheckedIOException(e); // in memory nothing fails
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
