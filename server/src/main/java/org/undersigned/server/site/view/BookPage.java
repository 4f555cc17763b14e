package org.undersigned.server.site.view;

import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.site.Snapshot;

/// The page of a campus where people draw a book without signing.
///
/// @param open what they can sign with it now
public record BookPage(Campaign campaign, Campaign.Campus campus, List<Countable> open) {
    public static BookPage of(Snapshot shown, Campaign campaign, Campaign.Campus campus) {
        var open = campaign.countablePaths()
                .filter(path -> {
                    var counted = shown.counted(path);
                    return counted != null && counted.open();
                })
                .flatMap(path -> campaign.countable(path).stream())
                .filter(one -> one.campus().equals("*") || one.campus().equals(campus.id()))
                .toList();
        return new BookPage(campaign, campus, open);
    }

    public String path() {
        return "/c/" + campus.id() + "/book";
    }

    /// The campus with its mail domains, for the browser.
    public String domains() {
        return MailDomains.of(List.of(campus));
    }
}
