package org.undersigned.server.count.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;

/// When new boxes enter the books (PROTOCOL §4): for each book at most at one moment a day (UTC). The roll stores for
/// which boxes a person drew tokens; with many openings a day, that set would say at which hour they came.
final class OpeningDays {
    /// What ends sooner after the beginning of the next day opens at once: else there would be hardly a day to sign it.
    private static final Duration SHORT = Duration.ofHours(36);

    private final OfferedBoxes offered;
    private final Instant now;
    private final Function<String, String> rollOf;
    /// The rolls whose books have a box for every campus of a campaign, by slug.
    private final Map<String, Set<String>> rollsOfCampaign = new HashMap<>();
    /// When the book of a roll got its last box today; no entry if it got none.
    private final Map<String, Instant> lastOpened = new HashMap<>();

    /// @param rollOf the roll of a campus
    OpeningDays(OfferedBoxes offered, List<Campaign> campaigns, Function<String, String> rollOf, Instant now) {
        this.offered = offered;
        this.now = now;
        var known = new HashMap<String, String>();
        this.rollOf = campus -> known.computeIfAbsent(campus, rollOf);
        for (var campaign : campaigns) {
            rollsOfCampaign.put(
                    campaign.slug(),
                    campaign.campuses().stream()
                            .map(campus -> this.rollOf.apply(campus.id()))
                            .collect(Collectors.toSet()));
        }
        offered.all().stream()
                .map(OfferedBoxes.Offer::manifest)
                .filter(one -> day(one.opens()).equals(day(now)))
                .forEach(one -> rolls(one.campus(), String.valueOf(one.campaign()))
                        .forEach(roll -> lastOpened.merge(roll, one.opens(), (a, b) -> a.isAfter(b) ? a : b)));
    }

    /// True if a box for `one` may open now: no book that it would enter got a box earlier today; or the
    /// document names a moment for it, and no such book got one since then; or it ends soon after the next
    /// day begins; or it takes the place of a box with other words, which is decided on purpose.
    boolean mayOpen(Campaign campaign, Countable one) {
        var closes = one.period().closes();
        if (closes != null && closes.isBefore(next().plus(SHORT))) return true;
        if (offered.current(one.path())
                .map(OfferedBoxes.Offer::manifest)
                .filter(this::isNotOver)
                .isPresent()) return true;
        var opens = one.period().opens();
        return rolls(one.campus(), campaign.slug()).stream()
                .map(lastOpened::get)
                .allMatch(last -> last == null || (opens != null && last.isBefore(opens)));
    }

    /// The beginning of the next day on which a box that waits may open.
    Instant next() {
        return day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Set<String> rolls(String campus, String campaign) {
        return campus.equals("*") ? rollsOfCampaign.getOrDefault(campaign, Set.of()) : Set.of(rollOf.apply(campus));
    }

    private boolean isNotOver(Manifest manifest) {
        return now.isBefore(manifest.closes());
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
