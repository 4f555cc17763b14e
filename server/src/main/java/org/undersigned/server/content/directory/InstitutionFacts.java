package org.undersigned.server.content.directory;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The facts that the federal directory gives about one place. Facts that it does not give are null.
///
/// @param state  two letters
/// @param zip    five digits, or five and four
/// @param web    host of its web pages
/// @param closed true if it is no longer active: it is stored because of its past petitions and is not offered for
///     anything new
public record InstitutionFacts(
        String name,
        List<String> aliases,
        String city,
        String state,
        String zip,
        @Nullable String county,
        @Nullable Coordinates at,
        @Nullable Control control,
        @Nullable Level level,
        @Nullable String system,
        @Nullable MailDomain web,
        boolean closed,
        @Nullable Integer closedYear) {

    public InstitutionFacts {
        aliases = List.copyOf(aliases);
    }

    /// Degrees, WGS 84.
    public record Coordinates(double latitude, double longitude) {}

    public enum Control {
        PUBLIC,
        NONPROFIT,
        FOR_PROFIT;

        String word() {
            return InstitutionFacts.word(this);
        }
    }

    public enum Level {
        FOUR_YEAR,
        TWO_YEAR,
        LESS_THAN_TWO_YEAR;

        String word() {
            return InstitutionFacts.word(this);
        }
    }

    InstitutionFacts asClosed() {
        return new InstitutionFacts(
                name, aliases, city, state, zip, county, at, control, level, system, web, true, closedYear);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E ofWord(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
