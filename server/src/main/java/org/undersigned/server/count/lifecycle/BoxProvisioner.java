package org.undersigned.server.count.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
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
/// none. Safe to repeat; after a crash the next run does the rest.
public final class BoxProvisioner {
    /// The publishing rule of an instance for real use: at least 10 leaves, an interval of 60 seconds, a delay of
    /// at most 86,400 seconds (a day).
    public static final Manifest.Publish BATCHES = new Manifest.Publish(10, 60, 86_400);

    private static final Duration OPEN_FOR = Duration.ofDays(300);
    private static final List<String> AFFILIATIONS = List.of("student", "faculty", "staff", "alumni");

    private final CampaignStore campaigns;
    private final Consumer<List<MemberRules.Enrolment>> enrolment;
    private final BoxOpener opener;
    private final Manifest.Publish batches;
    private List<Campaign> done = List.of();

    /// @param enrolment enrols all campuses of all campaigns
    public BoxProvisioner(
            CampaignStore campaigns,
            Consumer<List<MemberRules.Enrolment>> enrolment,
            BoxOpener opener,
            Manifest.Publish batches) {
        this.campaigns = campaigns;
        this.enrolment = enrolment;
        this.opener = opener;
        this.batches = batches;
    }

    /// Prepares every campaign that is new or has changed.
    public synchronized void provision() {
        var all = campaigns.all().stream()
                .map(CampaignStore.StoredCampaign::campaign)
                .toList();
        if (all.equals(done)) return;
        enrolment.accept(all.stream().flatMap(BoxProvisioner::enrolments).toList());
        for (var campaign : all) {
            if (done.contains(campaign)) continue;
            opener.open(campaign.countables().map(one -> plan(campaign, one)).toList());
        }
        done = new ArrayList<>(all);
    }

    private static Stream<MemberRules.Enrolment> enrolments(Campaign campaign) {
        return campaign.campuses().stream().map(campus -> {
            var members = campus.members();
            var rules = new MemberRules(members.domains(), members.separateDomains(), Set.copyOf(members.folds()));
            return new MemberRules.Enrolment(campus.id(), rules, campaign.slug());
        });
    }

    private BoxOpener.Plan plan(Campaign campaign, Countable countable) {
        return new BoxOpener.Plan(
                countable.subject(),
                countable.text(),
                countable.campus(),
                campaign.slug(),
                List.of("member"),
                AFFILIATIONS,
                OPEN_FOR,
                batches);
    }
}
