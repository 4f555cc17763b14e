package org.undersigned.server.site.view;

import java.util.List;
import java.util.function.Predicate;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.site.drawing.UsMap;

/// Puts a campaign's campuses on the map.
final class CampusMap {
    private CampusMap() {}

    /// @param filled true for a campus with a full mark; the others have a ring
    static UsMap of(List<Campaign.Campus> campuses, Predicate<Campaign.Campus> filled) {
        return UsMap.of(campuses.stream()
                .map(campus -> new UsMap.Place(
                        campus.id(),
                        campus.name(),
                        campus.place(),
                        "/c/" + campus.id(),
                        campus.latitude(),
                        campus.longitude(),
                        filled.test(campus)))
                .toList());
    }
}
