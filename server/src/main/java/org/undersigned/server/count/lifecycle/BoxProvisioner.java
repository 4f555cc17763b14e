package org.undersigned.server.count.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;

/// Makes what campaigns say countable: a roll for each campus, a box for each petition, pledge and letter that has
/// none. Safe to repeat; a crash leaves the rest for the next turn.
public final class BoxProvisioner {
    /// The rule of a real instance: a minute, ten signatures, a day.
    public static final Manifest.Publish BATCHES = new Manifest.Publish(10, 60, 86_400);

    private static final Duration OPEN_FOR = Duration.ofDays(300);
    private static final List<String> AFFILIATIONS = List.of("student", "faculty", "staff", "alumni");

    private final CampaignStore campaigns;
    private final Enrolment enrolment;
    private final BoxOpener opener;
    private final Manifest.Publish batches;
    private List<Campaign> done = List.of();

    /// Gives a campus and its mail domains a roll.
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

    /// One turn over every campaign that is new or has changed.
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
