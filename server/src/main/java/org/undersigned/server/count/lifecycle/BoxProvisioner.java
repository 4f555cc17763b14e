package org.undersigned.server.count.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.count.roll.MemberRules;

/// Prepares campaigns for the count: a roll for each campus, a box for each petition, pledge and letter that has
/// none and may be signed now, as its document says. Safe to repeat; after a crash the next run does the rest, or
/// the first run of the next day ([OpeningDays]).
public final class BoxProvisioner {
    /// The publishing rule of an instance for real use: at least 10 leaves, an interval of 60 seconds, a delay of
    /// at most 86,400 seconds (a day).
    public static final Manifest.Publish BATCHES = new Manifest.Publish(10, 10, 60, 86_400);

    /// When boxes are tried again that wait for a new roll-year.
    private static final Duration RETRY = Duration.ofMinutes(1);

    /// How long a box is open if its document names no end.
    private static final Duration OPEN_FOR = Duration.ofDays(300);
    private static final List<String> AFFILIATIONS = List.of("student", "faculty", "staff", "alumni");

    private final CampaignStore campaigns;
    private final Consumer<List<MemberRules.Enrolment>> enrolment;
    private final Function<String, String> rollOf;
    private final BoxOpener opener;
    private final Manifest.Publish batches;
    private final Clock clock;
    private List<Wanted> done = List.of();
    /// When the next petition opens that was too early in the last run, or the next box ends.
    private Instant nextOpening = Instant.MAX;

    /// @param enrolment enrols all campuses of all campaigns
    /// @param rollOf    the roll of an enrolled campus
    public BoxProvisioner(
            CampaignStore campaigns,
            Consumer<List<MemberRules.Enrolment>> enrolment,
            Function<String, String> rollOf,
            BoxOpener opener,
            Manifest.Publish batches,
            Clock clock) {
        this.clock = clock;
        this.campaigns = campaigns;
        this.enrolment = enrolment;
        this.rollOf = rollOf;
        this.opener = opener;
        this.batches = batches;
    }

    /// Prepares every campaign that is new or has changed, or in which something opens now. What is new at a campus
    /// may wait for the next day ([OpeningDays]), unless its import says that it opens at once.
    public synchronized void provision() {
        var stored = campaigns.all();
        var now = clock.instant();
        var somethingOpens = !now.isBefore(nextOpening);
        var wanted = stored.stream().map(Wanted::of).toList();
        if (wanted.equals(done) && !somethingOpens) return;
        var all = wanted.stream().map(Wanted::campaign).toList();
        enrolment.accept(all.stream().flatMap(BoxProvisioner::enrolments).toList());
        var days = new OpeningDays(opener.offered(), all, rollOf, now);
        var plans = new ArrayList<BoxOpener.Plan>();
        var isWaiting = false;
        for (var one : wanted) {
            var due = one.campaign()
                    .countables()
                    .filter(countable -> countable.period().isOpenAt(now))
                    .toList();
            var opening = due.stream()
                    .filter(countable -> one.opensNow() || days.mayOpen(one.campaign(), countable))
                    .toList();
            isWaiting |= opening.size() < due.size();
            for (var countable : opening) plans.add(plan(one.campaign(), countable, now));
        }
        var isAllOpen = opener.open(plans);
        done = new ArrayList<>(wanted);
        nextOpening = Stream.of(
                        nextDate(all, now),
                        opener.nextEnd(),
                        isWaiting ? days.next() : Instant.MAX,
                        isAllOpen ? Instant.MAX : now.plus(RETRY))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant nextDate(List<Campaign> all, Instant now) {
        return all.stream()
                .flatMap(Campaign::countables)
                .map(one -> one.period().opens())
                .filter(opens -> opens != null && opens.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /// A campaign, and whether what is new in it opens at once.
    private record Wanted(Campaign campaign, boolean opensNow) {
        private static Wanted of(CampaignStore.StoredCampaign stored) {
            return new Wanted(stored.campaign(), stored.opensNow());
        }
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
