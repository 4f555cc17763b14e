package org.undersigned.server.content.directory;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes header files and domain lists for tests, with all columns that the import reads and two columns that it
/// does not read.
final class DirectoryFiles {
    static final String HEADER = "UNITID,INSTNM,IALIAS,CITY,STABBR,ZIP,CHFNM,WEBADDR,ICLEVEL,CONTROL,DEATHYR,CLOSEDAT,"
            + "CYACTIVE,F1SYSNAM,COUNTYNM,LONGITUD,LATITUDE,DFRCUSCG\n";

    private DirectoryFiles() {}

    /// Returns a row as in the file, with the values replaced that the pairs of column and value give; a value may
    /// include its own quotes.
    static String row(int unitid, String name, String... columnsAndValues) {
        var row = new LinkedHashMap<String, String>();
        for (var column : HEADER.strip().split(",")) row.put(column, "-2");
        row.putAll(Map.of(
                "UNITID", Integer.toString(unitid), "INSTNM", name, "IALIAS", " ", "CITY", "Medford", "STABBR", "MA"));
        row.putAll(Map.of("ZIP", "02155", "CHFNM", "Somebody", "WEBADDR", " ", "ICLEVEL", "1", "CONTROL", "2"));
        row.putAll(Map.of("CYACTIVE", "1", "COUNTYNM", "Middlesex County"));
        row.putAll(Map.of("LONGITUD", "-71.118313", "LATITUDE", "42.40843"));
        for (var i = 0; i < columnsAndValues.length; i += 2) row.put(columnsAndValues[i], columnsAndValues[i + 1]);
        return row.values().stream().collect(Collectors.joining(",", "", "\n"));
    }

    static String listed(String name, String... domains) {
        return "{\"name\": \"%s\", \"alpha_two_code\": \"US\", \"state-province\": null, \"domains\": [\"%s\"]}"
                .formatted(name, String.join("\", \"", domains));
    }

    static String list(String... entries) {
        return "[\n  " + String.join(",\n  ", entries) + "\n]\n";
    }

    static Path write(Path directory, String name, String text, Charset charset) {
        return write(directory, name, text.getBytes(charset));
    }

    static Path write(Path directory, String name, String text) {
        return write(directory, name, text, StandardCharsets.UTF_8);
    }

    static Path write(Path directory, String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
