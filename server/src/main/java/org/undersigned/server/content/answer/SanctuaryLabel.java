package org.undersigned.server.content.answer;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// The name a campus uses for itself, such as sanctuary, or rejects. Recorded separately from the campus's actions.
///
/// @param usesName true if it uses this name
/// @param words    the campus's own words, or null
/// @param source   the report that it is from, or null
public record SanctuaryLabel(
        String campus,
        LocalizedText name,
        boolean usesName,
        LocalDate date,
        @Nullable LocalizedText words,
        @Nullable String source) {
    /// Reads one label of a campaign's document.
    public static SanctuaryLabel read(ObjectReader json, Set<String> campuses, Set<String> sources) {
        return new SanctuaryLabel(
                json.reference("campus", campuses),
                json.localized("name"),
                json.flag("calls"),
                json.date("date"),
                json.localizedOrNull("words"),
                json.referenceOrNull("source", sources));
    }
}
