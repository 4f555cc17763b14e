package org.undersigned.record.recount;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.tlog.Hash;

/// What a recount found. When an early check failed beyond repair the later ones are absent and `counts` is empty.
///
/// @param host the instance's name in its record, or empty if it would not say
/// @param registerKey the vkey everything was checked with, or empty
/// @param path the subject's page, or empty
/// @param checks in the order in which they were made
/// @param counts one per class of the manifest, in its order; of the leaves asked for ([Recount.Options#at]), or of
///     all
/// @param checkpoint the box's checkpoint as its signed note, to begin a later recount with; or empty
/// @param size leaves in the box
/// @param root the root recomputed from those leaves; null if they were never read
/// @param registerSize leaves in the register
/// @param registerRoot the root recomputed from those leaves; null if they were never read
/// @param totals lines for people: how much was looked at
public record Report(
        BoxId box,
        String host,
        String registerKey,
        String path,
        List<Check> checks,
        List<ClassCount> counts,
        String checkpoint,
        long size,
        @Nullable Hash root,
        long registerSize,
        @Nullable Hash registerRoot,
        List<String> totals) {

    public Report {
        checks = List.copyOf(checks);
        counts = List.copyOf(counts);
        totals = List.copyOf(totals);
    }

    /// The count of one class: valid entries less valid withdrawals. Classes are never added together.
    public record ClassCount(String name, long entries, long withdrawals) {
        public long count() {
            return entries - withdrawals;
        }
    }

    /// Whether everything held, the count included.
    public boolean ok() {
        return !counts.isEmpty() && checks.stream().allMatch(Check::ok);
    }

    /// The count of a class, or 0 if the box has no such class.
    public long count(String className) {
        return counts.stream()
                .filter(one -> one.name().equals(className))
                .mapToLong(ClassCount::count)
                .sum();
    }
}
