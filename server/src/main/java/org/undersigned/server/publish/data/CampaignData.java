package org.undersigned.server.publish.data;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.Snapshot;

/// What the tables of a campaign are filled from: all that it says, and all that is counted for it, at one moment.
///
/// @param base the instance's address, without a slash at its end
record CampaignData(Snapshot shown, CampaignStore.StoredCampaign stored, String base) {
    /// Something with a box.
    record Box(Countable countable, BoxCounts counted) {}

    Campaign campaign() {
        return stored.campaign();
    }

    /// In the document's order.
    Stream<Box> boxes() {
        return campaign()
                .countables()
                .flatMap(one -> Optional.ofNullable(shown.counted(one.path())).map(box -> new Box(one, box)).stream());
    }

    /// When any of it last changed: the document, a box that was opened, or a number that is published.
    Instant asOf() {
        var published = boxes().filter(box -> box.counted().isShown())
                .map(box -> box.counted().newest())
                .filter(Objects::nonNull);
        var opened = campaign()
                .countables()
                .flatMap(one -> shown.box(one.path()).stream())
                .map(box -> box.manifest().opens());
        return Stream.concat(published, opened)
                .filter(moment -> moment.isAfter(stored.changed()))
                .max(Instant::compareTo)
                .orElse(stored.changed());
    }
}
