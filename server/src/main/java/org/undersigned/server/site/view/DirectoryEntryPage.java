package org.undersigned.server.site.view;

import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.directory.DirectoryEntry;
import org.undersigned.server.content.directory.MailDomain;

/// An entry of the directory, with the campaigns at that campus.
public record DirectoryEntryPage(DirectoryEntry campus, List<Place> campaigns) {
    /// A campaign at this campus.
    public record Place(Campaign campaign, Campaign.Campus campus) {}

    public List<String> domains() {
        return campus.domains().stream().map(MailDomain::value).toList();
    }
}
