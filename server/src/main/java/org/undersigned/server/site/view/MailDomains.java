package org.undersigned.server.site.view;

import java.util.List;
import java.util.stream.Collectors;
import org.undersigned.server.content.campaign.Campaign;

/// Whose addresses count, as the browser reads it.
final class MailDomains {
    private MailDomains() {}

    /// Each campus with its mail domains, and after a bar those at which people are apart:
    /// `tufts.edu=tufts.edu|;usc.edu=usc.edu,isi.edu|med.usc.edu`.
    static String of(List<Campaign.Campus> campuses) {
        return campuses.stream()
                .map(campus -> campus.id() + "="
                        + String.join(",", campus.members().domains()) + "|"
                        + String.join(",", campus.members().separateDomains()))
                .collect(Collectors.joining(";"));
    }
}
