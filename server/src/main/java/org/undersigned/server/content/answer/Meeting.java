package org.undersigned.server.content.answer;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.Members;
import org.undersigned.server.content.document.Text;

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
        Text with,
        Text text,
        @Nullable String source) {
    /// Reads one meeting of a campaign's document.
    public static Meeting read(Members in, Set<String> campuses, Set<String> sources) {
        return new Meeting(
                in.reference("campus", campuses),
                in.dateOrNull("date"),
                in.flag("held"),
                in.both("with"),
                in.both("text"),
                in.referenceOrNull("source", sources));
    }
}
