package org.undersigned.server.publish.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table of every campaign.
///
/// @param name as in its address
/// @param rows what there is a row for
record Table<R>(String name, List<Column<R>> columns, Function<Said, Stream<R>> rows) {
    Table {
        columns = List.copyOf(columns);
    }

    /// Row by row, each as long as [#columns].
    List<List<@Nullable Object>> values(Said said) {
        return rows.apply(said).map(row -> values(said, row)).toList();
    }

    private List<@Nullable Object> values(Said said, R row) {
        var values = new ArrayList<@Nullable Object>(columns.size());
        for (var column : columns) values.add(column.value().apply(said, row));
        return values;
    }

    /// How many rows it has.
    long size(Said said) {
        return rows.apply(said).count();
    }
}
