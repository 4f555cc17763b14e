package org.undersigned.server.content.answer;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// A talk with an administration.
///
/// @param date   null when no source says it
/// @param held   false while it is only planned
/// @param with   by office
/// @param source whose report it is from, or null
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
                json.both("with"),
                json.both("text"),
                json.referenceOrNull("source", sources));
    }
}
