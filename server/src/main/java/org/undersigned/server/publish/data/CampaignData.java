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

/// The source of a campaign's tables: its document and all its counts, at one moment.
///
/// @param base the instance's address, without a slash at its end
record CampaignData(Snapshot shown, CampaignStore.StoredCampaign stored, String base) {
    /// A countable that has a box.
    record Box(Countable countable, BoxCounts counted) {}

    Campaign campaign() {
        return stored.campaign();
    }

    /// The boxes in the document's order.
    Stream<Box> boxes() {
        return campaign()
                .countablePaths()
                .flatMap(path -> Optional.ofNullable(shown.counted(path)).stream()
                        .flatMap(box -> campaign().countable(path).map(one -> new Box(one, box)).stream()));
    }

    /// The time of the last change: of the document, of an opened box, or of a published count.
    Instant asOf() {
        var published = boxes().filter(box -> box.counted().isShown())
                .map(box -> box.counted().newest())
                .filter(Objects::nonNull);
        var opened = campaign()
                .countablePaths()
                .flatMap(path -> shown.box(path).stream())
                .map(box -> box.manifest().opens());
        return Stream.concat(published, opened)
                .filter(moment -> moment.isAfter(stored.changed()))
                .max(Instant::compareTo)
                .orElse(stored.changed());
    }
}
