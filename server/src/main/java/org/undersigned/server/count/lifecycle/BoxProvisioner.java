package org.undersigned.server.count.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.count.roll.MemberRules;

/// Prepares campaigns for the count: a roll for each campus, a box for each petition, pledge and letter that has
/// none and may be signed now, as its document says. Safe to repeat; after a crash the next run does the rest.
public final class BoxProvisioner {
    /// The publishing rule of an instance for real use: at least 10 leaves, an interval of 60 seconds, a delay of
    /// at most 86,400 seconds (a day).
    public static final Manifest.Publish BATCHES = new Manifest.Publish(10, 10, 60, 86_400);

    /// How long a box is open if its document names no end.
    private static final Duration OPEN_FOR = Duration.ofDays(300);
    private static final List<String> AFFILIATIONS = List.of("student", "faculty", "staff", "alumni");

    private final CampaignStore campaigns;
    private final Consumer<List<MemberRules.Enrolment>> enrolment;
    private final BoxOpener opener;
    private final Manifest.Publish batches;
    private final Clock clock;
    private List<Campaign> done = List.of();
    /// When the next petition opens that was too early in the last run, or the next box ends.
    private Instant nextOpening = Instant.MAX;

    /// @param enrolment enrols all campuses of all campaigns
    public BoxProvisioner(
            CampaignStore campaigns,
            Consumer<List<MemberRules.Enrolment>> enrolment,
            BoxOpener opener,
            Manifest.Publish batches,
            Clock clock) {
        this.clock = clock;
        this.campaigns = campaigns;
        this.enrolment = enrolment;
        this.opener = opener;
        this.batches = batches;
    }

    /// Prepares every campaign that is new or has changed, or in which something opens now.
    public synchronized void provision() {
        var all = campaigns.all().stream()
                .map(CampaignStore.StoredCampaign::campaign)
                .toList();
        var now = clock.instant();
        var somethingOpens = !now.isBefore(nextOpening);
        if (all.equals(done) && !somethingOpens) return;
        enrolment.accept(all.stream().flatMap(BoxProvisioner::enrolments).toList());
        for (var campaign : all) {
            if (done.contains(campaign) && !somethingOpens) continue;
            opener.open(campaign.countables()
                    .filter(one -> one.period().isOpenAt(now))
                    .map(one -> plan(campaign, one, now))
                    .toList());
        }
        done = new ArrayList<>(all);
        nextOpening = all.stream()
                .flatMap(Campaign::countables)
                .map(one -> one.period().opens())
                .filter(opens -> opens != null && opens.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        var nextEnd = opener.nextEnd();
        if (nextEnd.isBefore(nextOpening)) nextOpening = nextEnd;
    }

    private static Stream<MemberRules.Enrolment> enrolments(Campaign campaign) {
        return campaign.campuses().stream().map(campus -> {
            var members = campus.members();
            var rules = new MemberRules(members.domains(), members.separateDomains(), Set.copyOf(members.folds()));
            return new MemberRules.Enrolment(campus.id(), rules, campaign.slug());
        });
    }

    private BoxOpener.Plan plan(Campaign campaign, Countable countable, Instant now) {
        var closes = countable.period().closes();
        return new BoxOpener.Plan(
                countable.subject(),
                countable.text(),
                countable::differsOnlyInWordingOfDemands,
                countable.campus(),
                campaign.slug(),
                List.of(Manifest.MEMBER, Manifest.IN_PERSON),
                AFFILIATIONS,
                closes == null ? now.plus(OPEN_FOR) : closes,
                batches);
    }
}
