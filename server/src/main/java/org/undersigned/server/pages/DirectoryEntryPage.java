package org.undersigned.server.pages;

import java.util.List;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.campus.Campus;
import org.undersigned.server.campus.Domain;

/// An entry of the directory, and the campaigns there.
public record DirectoryEntryPage(Campus campus, List<Place> campaigns) {
    /// A campaign at this campus.
    public record Place(Campaign campaign, Campaign.Campus campus) {}

    public List<String> domains() {
        return campus.domains().stream().map(Domain::value).toList();
    }
}
