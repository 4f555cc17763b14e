package org.undersigned.server.publish.data;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;

/// Builds the columns of a table, one after the other.
final class Columns<R> {
    private final List<Column<R>> columns = new ArrayList<>();

    Columns<R> put(String name, ColumnType type, Function<R, @Nullable Object> value) {
        return put(name, type, (_, row) -> value.apply(row));
    }

    Columns<R> put(String name, ColumnType type, BiFunction<CampaignData, R, @Nullable Object> value) {
        return add(name, name, "", type, value);
    }

    /// Adds a column for each language.
    Columns<R> localized(String name, Function<R, @Nullable LocalizedText> text) {
        return localized(name, name, text);
    }

    /// @param meaning key of the message that explains the columns
    Columns<R> localized(String name, String meaning, Function<R, @Nullable LocalizedText> text) {
        for (var language : List.of("en", "es")) {
            add(name + "_" + language, meaning, language, ColumnType.TEXT, (_, row) -> {
                var both = text.apply(row);
                return both == null ? null : both.in(language);
            });
        }
        return this;
    }

    /// Adds a column with the address of a page.
    Columns<R> page(Function<R, String> path) {
        return put("url", ColumnType.ADDRESS, (data, row) -> data.base() + path.apply(row));
    }

    private Columns<R> add(
            String name,
            String meaning,
            String language,
            ColumnType type,
            BiFunction<CampaignData, R, @Nullable Object> value) {
        columns.add(
                new Column<>(name, meaning, language, type, false, null, (data, row) -> plain(value.apply(data, row))));
        return this;
    }

    /// Makes the newest column a part of the table's key.
    Columns<R> key() {
        return replaceLast(one -> new Column<>(
                one.name(), one.meaning(), one.language(), one.type(), true, one.references(), one.value()));
    }

    /// Makes the values of the newest column refer to rows of `table` by their `id`.
    Columns<R> references(String table) {
        return replaceLast(one ->
                new Column<>(one.name(), one.meaning(), one.language(), one.type(), one.isKey(), table, one.value()));
    }

    /// Gives the newest column its own explanation.
    Columns<R> meaning(String meaning) {
        return replaceLast(one -> new Column<>(
                one.name(), meaning, one.language(), one.type(), one.isKey(), one.references(), one.value()));
    }

    private Columns<R> replaceLast(Function<Column<R>, Column<R>> change) {
        columns.addLast(change.apply(columns.removeLast()));
        return this;
    }

    Table<R> of(String name, Function<CampaignData, Stream<R>> rows) {
        return new Table<>(name, columns, rows);
    }

    /// Converts numbers to Long and Double; days, moments and words to text, in ISO 8601.
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Double number -> number;
            case Boolean flag -> flag;
            case List<?> list -> list.stream().map(Columns::plain).toList();
            case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
            default -> value.toString();
        };
    }
}
