package org.undersigned.server.content.directory;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.directory.InstitutionFacts.Control;
import org.undersigned.server.content.directory.InstitutionFacts.Coordinates;
import org.undersigned.server.content.directory.InstitutionFacts.Level;

/// One row of an IPEDS header file; every value is checked before it is used. The file marks "unknown" and "does
/// not apply" with a negative number; some years use a blank or a dot.
final class IpedsRow {
    static final int MAX_FIELD = 4_000; // characters; the widest of a real file has 1,340

    private static final Pattern UNKNOWN = Pattern.compile("|\\.|-[123]");
    private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,20})?");
    private static final int MAX_ALIASES = 50;

    private final IpedsHeader header;
    private final CSVRecord row;
    private final RecordWindow window;
    private boolean zipRepaired;
    private boolean lettersRepaired;

    /// @throws ImportFailure if the number of fields differs from the header, or a field is too long
    IpedsRow(IpedsHeader header, CSVRecord row, RecordWindow window) {
        this.header = header;
        this.row = row;
        this.window = window;
        if (row.size() != header.size()) {
            throw new ImportFailure(
                    header.file(),
                    window.field(Math.min(row.size(), header.size())),
                    "this row has " + row.size() + " fields, but the header has " + header.size());
        }
        for (var i = 0; i < row.size(); i++) {
            if (row.get(i).length() > MAX_FIELD) {
                throw wrong(header.name(i), "is longer than " + MAX_FIELD + " characters");
            }
        }
    }

    /// @throws ImportFailure at the first invalid value
    Institution institution(ImportWarnings warnings) {
        var unitid = number("UNITID", 1, 9_999_999);
        var died = number("DEATHYR", -9, 2100);
        var active = number("CYACTIVE", 1, 3);
        var closed = active != 1 || died > 0 || valueOrNull("CLOSEDAT") != null;
        var state = matching("STABBR", "[A-Z]{2}", "is not the two letters of a state");
        return new Institution(
                unitid,
                new InstitutionFacts(
                        text("INSTNM"),
                        aliases(),
                        text("CITY"),
                        state,
                        zip(state),
                        repairedText("COUNTYNM"),
                        coordinates(),
                        oneOf("CONTROL", Control.values()),
                        oneOf("ICLEVEL", Level.values()),
                        repairedText("F1SYSNAM"),
                        web(warnings),
                        closed,
                        died > 0 ? died : null));
    }

    boolean zipRepaired() {
        return zipRepaired;
    }

    boolean lettersRepaired() {
        return lettersRepaired;
    }

    TextPosition at(String column) {
        return window.field(header.column(column));
    }

    ImportFailure wrong(String column, String how) {
        return new ImportFailure(header.file(), at(column), column + " " + how);
    }

    private String raw(String column) {
        return row.get(header.column(column)).strip();
    }

    private @Nullable String valueOrNull(String column) {
        var value = raw(column);
        return UNKNOWN.matcher(value).matches() ? null : value;
    }

    private int number(String column, int least, int most) {
        var value = raw(column);
        var number = value.matches("-?[0-9]{1,9}") ? Integer.parseInt(value) : Integer.MIN_VALUE;
        if (number < least || number > most) {
            throw wrong(column, ImportFailure.shown(value) + " is not a number from " + least + " to " + most);
        }
        return number;
    }

    private String matching(String column, String pattern, String how) {
        var value = raw(column);
        if (!value.matches(pattern)) throw wrong(column, ImportFailure.shown(value) + " " + how);
        return value;
    }

    private String text(String column) {
        var value = repairedText(column);
        if (value == null) throw wrong(column, "is empty");
        return value;
    }

    private @Nullable String repairedText(String column) {
        var value = valueOrNull(column);
        if (value == null) return null;
        var flat = value.replaceAll("\\s+", " "); // a quoted field may contain line breaks
        if (flat.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw wrong(column, "contains a control character or a replacement character (U+FFFD)");
        }
        var repaired = Mojibake.repair(flat);
        lettersRepaired |= !repaired.equals(flat);
        return repaired;
    }

    /// Splits the aliases at `|`, at `;` or at two spaces, because years and institutions use different separators.
    /// A comma also occurs inside names, so it is not a separator.
    private List<String> aliases() {
        var value = valueOrNull("IALIAS");
        if (value == null) return List.of();
        var flat = value.replaceAll("\\p{Cntrl}+", "  ");
        var repaired = Mojibake.repair(flat);
        lettersRepaired |= !repaired.equals(flat);
        var separator = repaired.contains("|") ? "\\|+" : repaired.contains(";") ? ";" : " {2,}";
        return Arrays.stream(repaired.split(separator))
                .map(alias -> alias.strip().replaceAll("\\s+", " "))
                .filter(alias -> !alias.isEmpty())
                .distinct()
                .limit(MAX_ALIASES)
                .toList();
    }

    private String zip(String state) {
        var value = raw("ZIP");
        try {
            var zip = ZipCode.restore(value, state);
            zipRepaired = !zip.equals(value);
            return zip;
        } catch (IllegalArgumentException e) {
            throw wrong("ZIP", ImportFailure.shown(value) + " " + e.getMessage());
        }
    }

    private @Nullable Coordinates coordinates() {
        var latitude = degrees("LATITUDE", 90);
        var longitude = degrees("LONGITUD", 180);
        if (latitude != null && longitude != null) return new Coordinates(latitude, longitude);
        if (latitude != null) throw wrong("LONGITUD", "is missing, but LATITUDE is present");
        if (longitude != null) throw wrong("LATITUDE", "is missing, but LONGITUD is present");
        return null;
    }

    private @Nullable Double degrees(String column, int most) {
        var value = valueOrNull(column);
        if (value == null) return null;
        if (!DEGREES.matcher(value).matches() || Math.abs(Double.parseDouble(value)) > most) {
            throw wrong(column, ImportFailure.shown(value) + " is not degrees from -" + most + " to " + most);
        }
        return Double.parseDouble(value);
    }

    private <E> @Nullable E oneOf(String column, E[] values) {
        if (valueOrNull(column) == null) return null;
        return values[number(column, 1, values.length) - 1];
    }

    /// Returns null with a warning for an invalid web address. Such an address is not a reason to refuse a whole
    /// file: the institution only gets no mail domain.
    private @Nullable MailDomain web(ImportWarnings warnings) {
        var value = valueOrNull("WEBADDR");
        if (value == null) return null;
        var web = MailDomain.ofWeb(value);
        if (web.isEmpty()) warnings.add(wrong("WEBADDR", ImportFailure.shown(value) + " is not a web address"));
        return web.orElse(null);
    }
}
