package org.undersigned.server.site.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.site.SignedShare;
import org.undersigned.server.site.Snapshot;

/// The signing flow of one box.
///
/// @param campuses whose members may sign
/// @param share    how much a drawn book tells about a signature; null if nobody can sign
/// @param cardCampus the campus, if it is one and cards can be used there; else null
public record SignPage(
        Campaign campaign,
        Countable countable,
        List<Campaign.Campus> campuses,
        @Nullable SignedShare share,
        @Nullable String cardCampus) {
    public static SignPage of(Snapshot shown, Campaign campaign, Countable countable) {
        var campuses = campaign.campuses().stream()
                .filter(one -> countable.campus().equals("*") || one.id().equals(countable.campus()))
                .toList();
        var ids = campuses.stream().map(Campaign.Campus::id).toList();
        return new SignPage(
                campaign,
                countable,
                campuses,
                shown.share(countable.path(), ids).orElse(null),
                ids.size() == 1 && hasCards(shown, campaign, ids.getFirst()) ? ids.getFirst() : null);
    }

    private static boolean hasCards(Snapshot shown, Campaign campaign, String campus) {
        return shown.cards(campaign, campus).stream().anyMatch(one -> one.drawnAtMost() == null);
    }

    /// The campuses with their mail domains, for the browser.
    public String domains() {
        return MailDomains.of(campuses);
    }
}
