package org.undersigned.server.content.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;

/// The first line of an IPEDS header file: the column of each fact. The order of the columns differs between years,
/// and so do the columns that this program does not read (some hold names of officers: the program never reads
/// them).
final class IpedsHeader {
    private static final List<String> READ = List.of(
            "UNITID",
            "INSTNM",
            "IALIAS",
            "CITY",
            "STABBR",
            "ZIP",
            "WEBADDR",
            "ICLEVEL",
            "CONTROL",
            "DEATHYR",
            "CLOSEDAT",
            "CYACTIVE",
            "F1SYSNAM",
            "COUNTYNM",
            "LONGITUD",
            "LATITUDE");

    private final String file;
    private final List<String> names;
    private final Map<String, Integer> columns = new HashMap<>();

    /// @throws ImportFailure with the name of a column that is missing or duplicated
    IpedsHeader(String file, CSVRecord first, RecordWindow window) {
        this.file = file;
        names = first.stream()
                .map(name -> name.strip().toUpperCase(Locale.ROOT))
                .toList();
        for (var i = 0; i < names.size(); i++) {
            if (columns.putIfAbsent(names.get(i), i) != null) {
                throw new ImportFailure(
                        file, window.field(i), "the column " + ImportFailure.shown(names.get(i)) + " appears twice");
            }
        }
        var missing = READ.stream().filter(name -> !columns.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new ImportFailure(
                    file,
                    window.field(0),
                    "the header lacks " + String.join(", ", missing) + "; is this an IPEDS header file, HD*.csv?");
        }
    }

    String file() {
        return file;
    }

    int size() {
        return names.size();
    }

    String name(int column) {
        return names.get(column);
    }

    int column(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }
}
