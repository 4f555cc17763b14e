package org.undersigned.server.publish.data;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param meaning    key of the message that explains it, without the prefix `data.column.`
/// @param language   of its texts (`en` or `es`) if each language has a column; else empty
/// @param isKey      true if it is part of the key, which distinguishes the rows; then it is never empty
/// @param references the table to whose rows its values refer, or null
/// @param value      a String, Long, Double, Boolean, or a List of Strings or Longs; null if unknown
record Column<R>(
        String name,
        String meaning,
        String language,
        ColumnType type,
        boolean isKey,
        @Nullable String references,
        BiFunction<CampaignData, R, @Nullable Object> value) {}
