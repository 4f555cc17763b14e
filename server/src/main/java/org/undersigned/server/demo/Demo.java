package org.undersigned.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.undersigned.record.Manifest;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.campaign.CampaignStore;
import org.undersigned.server.campaign.PetitionText;
import org.undersigned.server.job.Opening;
import org.undersigned.server.roll.Roll;

/// Loads the demonstration campaign: its document, its campuses' rolls, a box for each petition. Safe to repeat.
public final class Demo {
    /// Batches small and quick, so that a visitor sees what happens.
    private static final Manifest.Publish PUBLISH = new Manifest.Publish(10, 5, 86_400);

    private static final Duration OPEN_FOR = Duration.ofDays(300);
    private static final List<String> AFFILIATIONS = List.of("student", "faculty", "staff", "alumni");

    private Demo() {}

    public static Campaign load(CampaignStore campaigns, Roll roll, Opening opening) {
        var campaign = campaigns.put(document());
        for (var campus : campaign.campuses()) roll.enrol(campus.id(), campus.domains());
        for (var petition : campaign.petitions()) {
            opening.open(new Opening.Plan(
                    new Manifest.Subject("petition", petition.path(), PetitionText.sha256(campaign, petition)),
                    petition.campus(),
                    campaign.slug(),
                    List.of("member"),
                    AFFILIATIONS,
                    OPEN_FOR,
                    PUBLISH));
        }
        return campaign;
    }

    private static String document() {
        try (var in = Demo.class.getResourceAsStream("/demo/sanctuary-campus.json")) {
            if (in == null) throw new IllegalStateException("the demonstration's document is missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
