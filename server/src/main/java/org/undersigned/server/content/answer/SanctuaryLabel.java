package org.undersigned.server.content.answer;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// What a campus calls itself, which is recorded apart from what it does.
///
/// @param calls  whether it calls itself so
/// @param words  its own, or null
/// @param source whose report it is from, or null
public record SanctuaryLabel(
        String campus,
        LocalizedText name,
        boolean calls,
        LocalDate date,
        @Nullable LocalizedText words,
        @Nullable String source) {
    /// Reads one label of a campaign's document.
    public static SanctuaryLabel read(ObjectReader json, Set<String> campuses, Set<String> sources) {
        return new SanctuaryLabel(
                json.reference("campus", campuses),
                json.both("name"),
                json.flag("calls"),
                json.date("date"),
                json.bothOrNull("words"),
                json.referenceOrNull("source", sources));
    }
}
