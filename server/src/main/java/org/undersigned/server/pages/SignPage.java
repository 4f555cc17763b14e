package org.undersigned.server.pages;

import java.util.List;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.campaign.Countable;

/// The signing flow of one box.
///
/// @param campuses whose members may sign
public record SignPage(Countable countable, Counted counted, List<Campaign.Campus> campuses) {
    static SignPage of(Snapshot.Found found, Counted counted) {
        var campus = found.countable().campus();
        var campuses = found.campaign().campuses().stream()
                .filter(one -> campus.equals("*") || one.id().equals(campus))
                .toList();
        return new SignPage(found.countable(), counted, campuses);
    }

    public String affiliations() {
        return String.join(",", counted.affiliations());
    }

    /// For the browser: `tufts.edu=tufts.edu;usc.edu=usc.edu`, a campus and its mail domains each.
    public String domains() {
        return campuses.stream()
                .map(campus -> campus.id() + "=" + String.join(",", campus.domains()))
                .reduce((a, b) -> a + ";" + b)
                .orElse("");
    }
}
