package org.undersigned.record.recount;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.tlog.Hash;

/// The result of a recount. If an early check makes it impossible to go on, the later checks are absent and
/// `counts` is empty.
///
/// @param host the instance's name in its record, or empty if the site does not publish it
/// @param registerKey the vkey used for all checks, or empty
/// @param path the subject's page, or empty
/// @param checks in the order in which they ran
/// @param counts one per class, in the manifest's order; for the requested number of leaves ([Recount.Options#at]),
///     or for all
/// @param checkpoint the box's checkpoint as a signed note, the starting point for a later recount; or empty
/// @param log the box's log, as it was read
/// @param totals readable lines about how much was read and verified
public record Report(
        BoxId box,
        String host,
        String registerKey,
        String path,
        List<Check> checks,
        List<ClassCount> counts,
        String checkpoint,
        Log log,
        Log register,
        Log ledger,
        List<String> totals) {

    public Report {
        checks = List.copyOf(checks);
        counts = List.copyOf(counts);
        totals = List.copyOf(totals);
    }

    /// A log as it was read: the number of its leaves, and the root recomputed from them; null if it was not read.
    public record Log(long size, @Nullable Hash root) {
        static Log of(@Nullable LogReader reader) {
            return reader == null ? new Log(0, null) : new Log(reader.size(), reader.root());
        }
    }

    /// The count of one class: valid entries minus valid withdrawals. Classes are never added together.
    public record ClassCount(String name, long entries, long withdrawals) {
        public long count() {
            return entries - withdrawals;
        }
    }

    /// True if there are counts and every check succeeded.
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
