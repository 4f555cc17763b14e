package org.undersigned.server.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.box.Boxes;

/// The count of one class of signers as it may be told: a number below [Counted#SMALLEST_SHOWN] could point at
/// someone, so it is null. Counts of different classes are never added together.
///
/// @param name         `member`, `in-person` or `supporter`
/// @param affiliations that were declared
public record ShownClass(String name, @Nullable Long count, List<Affiliation> affiliations) {
    /// @param name in the manifest's words; null: not said
    public record Affiliation(
            @Nullable String name, @Nullable Long count) {}

    /// @param affiliations the manifest's, in its order
    static ShownClass of(Boxes.ClassCount counted, List<String> affiliations) {
        return new ShownClass(
                counted.name(),
                shown(counted.count()),
                counted.byAffiliation().stream()
                        .map(one -> new Affiliation(
                                one.affiliation() == 0 ? null : affiliations.get(one.affiliation() - 1),
                                shown(one.count())))
                        .toList());
    }

    private static @Nullable Long shown(long count) {
        return Counted.isShown(count) ? count : null;
    }
}
