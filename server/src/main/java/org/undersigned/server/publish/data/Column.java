package org.undersigned.server.publish.data;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param meaning  what the message that explains it is called after `data.column.`
/// @param language of its words (`en` or `es`) where there is a column for each; else empty
/// @param isKey    whether it is of what tells one row from the others; never empty then
/// @param names    the table whose rows its values name, or null
/// @param value    a String, Long, Double, Boolean, or a List of Strings or Longs; or null: nobody said it
record Column<R>(
        String name,
        String meaning,
        String language,
        ColumnType type,
        boolean isKey,
        @Nullable String names,
        BiFunction<CampaignData, R, @Nullable Object> value) {}
