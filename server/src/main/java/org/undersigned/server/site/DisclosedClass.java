package org.undersigned.server.site;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.box.Boxes;

/// The count of one class of signers, as far as it may be shown. A count below [BoxCounts#SMALLEST_SHOWN] could
/// identify a person, so it is null. If the count of one affiliation is too small, the counts of all affiliations
/// are null, because the others would reveal it. Counts of different classes are never added together.
///
/// @param name         `member`, `in-person` or `supporter`
/// @param affiliations that signers declared
public record DisclosedClass(String name, @Nullable Long count, List<Affiliation> affiliations) {
    /// @param name in the manifest's words; null for "not said"
    public record Affiliation(
            @Nullable String name, @Nullable Long count) {}

    static DisclosedClass of(BoxCounts counted, Boxes.ClassCount cls) {
        return new DisclosedClass(
                cls.name(),
                BoxCounts.isShown(cls.count()) ? cls.count() : null,
                counted.parts(cls).stream()
                        .map(part -> new Affiliation(
                                part.affiliation() == 0
                                        ? null
                                        : counted.affiliations().get(part.affiliation() - 1),
                                part.shown() ? part.count() : null))
                        .toList());
    }
}
