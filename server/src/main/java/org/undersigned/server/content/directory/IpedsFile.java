package org.undersigned.server.content.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/// Reads the IPEDS header file (`HD2023.csv` and similar, from the National Center for Education Statistics): one
/// row per institution, one column per fact. One row is in memory at a time. The first wrong row stops the import
/// with its line, its column and the name of the column.
final class IpedsFile {
    static final int MAX_ROWS = 50_000; // a real file has 6,000 to 8,000

    private static final CSVFormat FORM =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    /// Facts about the file, in addition to the institutions.
    ///
    /// @param zips    number of zip codes that had lost leading zeros
    /// @param letters number of rows with letters that an earlier program had read in the wrong encoding
    record Read(DecodedFile text, int rows, int zips, int letters) {}

    private final DecodedFile text;
    private final ImportWarnings warnings;
    private final Map<Integer, Long> lineOfUnit = new HashMap<>();
    private int rows;
    private int zips;
    private int letters;

    private IpedsFile(DecodedFile text, ImportWarnings warnings) {
        this.text = text;
        this.warnings = warnings;
    }

    /// Passes every institution to `each`, in the order of the file.
    ///
    /// @throws ImportFailure if the file is wrong, with the position; the caller must then discard the institutions
    ///     passed before
    static Read read(Path path, ImportWarnings warnings, Consumer<Institution> each) {
        var file = new IpedsFile(DecodedFile.examine(path), warnings);
        try (var window = new RecordWindow(file.text.open(), file.text.name());
                var parser =
                        CSVParser.builder().setReader(window).setFormat(FORM).get()) {
            file.readAll(parser, window, each);
        } catch (IOException | UncheckedIOException e) {
            throw new ImportFailure(file.text.name(), "cannot be read: " + e.getMessage());
        }
        if (file.rows == 0) throw new ImportFailure(file.text.name(), "has a header and no rows");
        return new Read(file.text, file.rows, file.zips, file.letters);
    }

    private void readAll(CSVParser parser, RecordWindow window, Consumer<Institution> each) {
        try {
            var records = parser.iterator();
            if (!records.hasNext()) throw new ImportFailure(text.name(), "is empty");
            var first = records.next();
            window.beginRecord(first.getCharacterPosition());
            var header = new IpedsHeader(text.name(), first, window);
            while (records.hasNext()) {
                var next = records.next();
                window.beginRecord(next.getCharacterPosition());
                if (++rows > MAX_ROWS) {
                    throw new ImportFailure(text.name(), window.field(0), "there are more than " + MAX_ROWS + " rows");
                }
                each.accept(institution(new IpedsRow(header, next, window)));
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CSVException)) throw e;
            throw new ImportFailure(
                    text.name(), window.quoteFault(), "a quoted field is malformed: a quote is missing or extra");
        }
    }

    private Institution institution(IpedsRow row) {
        var institution = row.institution(warnings);
        var line = row.at("UNITID").line();
        var before = lineOfUnit.putIfAbsent(institution.unitid(), line);
        if (before != null) throw row.wrong("UNITID", institution.unitid() + " is already on line " + before);
        if (row.zipRepaired()) zips++;
        if (row.lettersRepaired()) letters++;
        return institution;
    }
}
