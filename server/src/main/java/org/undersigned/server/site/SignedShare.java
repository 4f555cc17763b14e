package org.undersigned.server.site;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.undersigned.record.Manifest;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;

/// How many of the people who drew a book since a page opened have signed it, at most: whoever learns that somebody
/// drew can guess so well that they signed.
///
/// An upper bound: it leaves out who drew before and asked for another code since, and on a joint page it takes
/// all signatures as those of the campus with the fewest books.
///
/// @param tenths of ten people, rounded up: 1 to 10
public record SignedShare(int tenths) {
    /// Too little is known, because of no tally yet, or a count that may not be shown.
    static final SignedShare UNKNOWN = new SignedShare(0);

    /// @param campuses whose members may sign
    static SignedShare of(Boxes.Published box, Collection<Register.Tallied> tallied, List<String> campuses) {
        var count = box.counts().stream()
                .filter(one -> one.name().equals(Manifest.MEMBER))
                .mapToLong(Boxes.ClassCount::count)
                .sum();
        var fewest = campuses.stream()
                .mapToLong(campus -> books(opening(box), tallied, campus))
                .min()
                .orElse(0);
        return of(count, fewest);
    }

    /// @param count of signatures
    /// @param books of the campus with the fewest
    static SignedShare of(long count, long books) {
        if (books == 0 || !BoxCounts.isShown(count)) return UNKNOWN;
        return new SignedShare((int) Math.min(10, Math.ceilDiv(10 * count, books)));
    }

    private static long books(LocalDate since, Collection<Register.Tallied> tallied, String campus) {
        return tallied.stream()
                .filter(one -> one.cls().equals(Manifest.MEMBER)
                        && one.since().equals(since)
                        && one.campuses().contains(campus))
                .mapToLong(Register.Tallied::books)
                .sum();
    }

    /// The day from which on the books of a page are counted (UTC).
    static LocalDate opening(Boxes.Published box) {
        return LocalDate.ofInstant(box.manifest().opens(), ZoneOffset.UTC);
    }

    /// The message that says it.
    public String message() {
        if (tenths == 0) return "share.unknown";
        return tenths == 10 ? "share.all" : "share.tenths";
    }
}
