package org.undersigned.server.site.view;

import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.count.box.PublicStatement;
import org.undersigned.server.site.PageContext;

/// One page of the names and comments that are shown, sorted by name, those without a name last. The order does not
/// show when each was written.
///
/// @param page  from 1
/// @param pages at least 1
/// @param more  true if there are more than [#MOST]
public record NamesPage(
        Campaign campaign, Countable countable, List<PublicStatement> statements, int page, int pages, boolean more) {
    /// The largest number of names and comments that are shown.
    public static final int MOST = 5_000;

    private static final int ON_A_PAGE = 200;

    /// @param statements all of them, at most one more than [#MOST]
    static @Nullable public NamesPage of(
            Campaign campaign, Countable countable, List<PublicStatement> statements, PageContext in, int page) {
        var sorted = sorted(statements, in);
        var pages = Math.max(1, (sorted.size() + ON_A_PAGE - 1) / ON_A_PAGE);
        if (page > pages) return null;
        var shown = sorted.subList((page - 1) * ON_A_PAGE, Math.min(page * ON_A_PAGE, sorted.size()));
        return new NamesPage(campaign, countable, shown, page, pages, statements.size() > MOST);
    }

    /// Returns at most [#MOST] of them, in the alphabetical order of the language.
    public static List<PublicStatement> sorted(List<PublicStatement> statements, PageContext in) {
        var alphabet = Collator.getInstance(in.locale());
        return statements.stream()
                .limit(MOST)
                .sorted(Comparator.comparing(PublicStatement::name, Comparator.nullsLast(alphabet::compare)))
                .toList();
    }

    public String path() {
        return countable.path() + "/names";
    }
}
