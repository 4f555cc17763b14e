package org.undersigned.server.site;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.box.Boxes;

/// The count of one class of signers as it may be told: a number below [BoxCounts#SMALLEST_SHOWN] could point at
/// someone, so it is null, and so is a part that would tell the only other one hidden. Counts of different
/// classes are never added together.
///
/// @param name         `member`, `in-person` or `supporter`
/// @param affiliations that were declared
public record DisclosedClass(String name, @Nullable Long count, List<Affiliation> affiliations) {
    /// @param name in the manifest's words; null: not said
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
