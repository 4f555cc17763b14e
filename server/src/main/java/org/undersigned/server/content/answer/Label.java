package org.undersigned.server.content.answer;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.Members;
import org.undersigned.server.content.document.Text;

/// What a campus calls itself, which is recorded apart from what it does.
///
/// @param calls  whether it calls itself so
/// @param words  its own, or null
/// @param source whose report it is from, or null
public record Label(
        String campus,
        Text name,
        boolean calls,
        LocalDate date,
        @Nullable Text words,
        @Nullable String source) {
    /// Reads one label of a campaign's document.
    public static Label read(Members in, Set<String> campuses, Set<String> sources) {
        return new Label(
                in.reference("campus", campuses),
                in.both("name"),
                in.flag("calls"),
                in.date("date"),
                in.bothOrNull("words"),
                in.referenceOrNull("source", sources));
    }
}
