package org.undersigned.server.count.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;

/// Prepares campaigns for the count: a roll for each campus, a box for each petition, pledge and letter that has
/// none. Safe to repeat; after a crash the next run does the rest.
public final class BoxProvisioner {
    /// The publishing rule of an instance for real use: at least 10 leaves, an interval of 60 seconds, a delay of
    /// at most 86,400 seconds (a day).
    public static final Manifest.Publish BATCHES = new Manifest.Publish(10, 60, 86_400);

    private static final Duration OPEN_FOR = Duration.ofDays(300);
    private static final List<String> AFFILIATIONS = List.of("student", "faculty", "staff", "alumni");

    private final CampaignStore campaigns;
    private final Enrolment enrolment;
    private final BoxOpener opener;
    private final Manifest.Publish batches;
    private List<Campaign> done = List.of();

    /// Enrols a campus with its mail domains in a roll.
    @FunctionalInterface
    public interface Enrolment {
        void enrol(String campus, List<String> domains, String campaign);
    }

    public BoxProvisioner(CampaignStore campaigns, Enrolment enrolment, BoxOpener opener, Manifest.Publish batches) {
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
        for (var campaign : all) {
            if (done.contains(campaign)) continue;
            campaign.campuses().forEach(campus -> enrolment.enrol(campus.id(), campus.domains(), campaign.slug()));
            opener.open(campaign.countables().map(one -> plan(campaign, one)).toList());
        }
        done = new ArrayList<>(all);
    }

    private BoxOpener.Plan plan(Campaign campaign, Countable countable) {
        return new BoxOpener.Plan(
                countable.subject(),
                countable.campus(),
                campaign.slug(),
                List.of("member"),
                AFFILIATIONS,
                OPEN_FOR,
                batches);
    }
}
