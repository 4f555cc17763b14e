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
public record SignPage(
        Campaign campaign,
        Countable countable,
        List<Campaign.Campus> campuses,
        @Nullable SignedShare share) {
    public static SignPage of(Snapshot shown, Campaign campaign, Countable countable) {
        var campuses = campaign.campuses().stream()
                .filter(one -> countable.campus().equals("*") || one.id().equals(countable.campus()))
                .toList();
        var ids = campuses.stream().map(Campaign.Campus::id).toList();
        return new SignPage(
                campaign,
                countable,
                campuses,
                shown.share(countable.path(), ids).orElse(null));
    }

    /// The campuses with their mail domains, for the browser.
    public String domains() {
        return MailDomains.of(campuses);
    }
}
