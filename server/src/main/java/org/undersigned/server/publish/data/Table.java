package org.undersigned.server.publish.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table that every campaign has.
///
/// @param name as in its address
/// @param rows the objects that get one row each
record Table<R>(String name, List<Column<R>> columns, Function<CampaignData, Stream<R>> rows) {
    Table {
        columns = List.copyOf(columns);
    }

    /// The values of each row; each row is as long as [#columns].
    List<List<@Nullable Object>> values(CampaignData data) {
        return rows.apply(data).map(row -> values(data, row)).toList();
    }

    private List<@Nullable Object> values(CampaignData data, R row) {
        var values = new ArrayList<@Nullable Object>(columns.size());
        for (var column : columns) values.add(column.value().apply(data, row));
        return values;
    }

    /// The number of rows.
    long size(CampaignData data) {
        return rows.apply(data).count();
    }
}
