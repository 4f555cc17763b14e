package org.undersigned.server.content.answer;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// A meeting with an administration.
///
/// @param date   null if no source states it
/// @param held   false if it is only planned
/// @param with   office of the other side
/// @param source the report that it is from, or null
public record Meeting(
        String campus,
        @Nullable LocalDate date,
        boolean held,
        LocalizedText with,
        LocalizedText text,
        @Nullable String source) {
    /// Reads one meeting of a campaign's document.
    public static Meeting read(ObjectReader json, Set<String> campuses, Set<String> sources) {
        return new Meeting(
                json.reference("campus", campuses),
                json.dateOrNull("date"),
                json.flag("held"),
                json.localized("with"),
                json.localized("text"),
                json.referenceOrNull("source", sources));
    }
}
