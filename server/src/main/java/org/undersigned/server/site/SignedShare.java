package org.undersigned.server.site;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.undersigned.server.count.register.Register;

/// How many of the people who drew a book have signed one page: whoever learns that somebody drew can guess so well
// that
/// they signed.
///
/// @param books  drawn at the page's campuses, as the tallies say; 0 if there is no tally yet, or the count is too
// small
///     to be shown
/// @param tenths of the people who drew, how many of ten have signed, rounded: 0 to 10
public record SignedShare(long books, int tenths) {
    static final String CLASS = "member";

    private static final SignedShare UNKNOWN = new SignedShare(0, 10);

    /// @param count    of members, as published
    /// @param campuses whose members may sign
    static SignedShare of(long count, Collection<Register.Tallied> tallied, List<String> campuses) {
        var books = tallied.stream()
                .filter(one -> one.cls().equals(CLASS) && !Collections.disjoint(one.campuses(), campuses))
                .mapToLong(Register.Tallied::books)
                .sum();
        if (books == 0 || !BoxCounts.isShown(count)) return UNKNOWN;
        return new SignedShare(books, (int) Math.min(10, Math.round(10.0 * count / books)));
    }

    /// The message that says it: `unknown`, `all`, `tenths` or `few`.
    public String message() {
        if (books == 0) return "share.unknown";
        if (tenths == 10) return "share.all";
        return tenths == 0 ? "share.few" : "share.tenths";
    }
}
