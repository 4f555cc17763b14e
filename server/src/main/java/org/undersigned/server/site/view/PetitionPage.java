package org.undersigned.server.site.view;

import java.util.List;
import java.util.Optional;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;

/// A petition's page.
///
/// @param demands in the words that people sign
public record PetitionPage(
        Campaign campaign, Campaign.Petition petition, Campaign.Campus campus, List<LocalizedText> demands) {
    /// The petition with the wording of its demands with which its box opened, if it has one.
    ///
    /// @param box the page's current box
    public static PetitionPage of(
            Campaign campaign, Campaign.Petition petition, Optional<Boxes.Published> box, Register register) {
        var signed = box.map(Boxes.Published::manifest)
                .map(Manifest::subject)
                .flatMap(subject -> register.text(subject.textSha256()));
        return new PetitionPage(
                campaign,
                petition,
                campaign.campus(petition.campus()).orElseThrow(),
                signed.map(Countable::demandsOf).orElseGet(() -> asToday(campaign, petition)));
    }

    /// The demands as the campaign words them today.
    public static List<LocalizedText> asToday(Campaign campaign, Campaign.Petition petition) {
        return campaign.demands().stream()
                .filter(demand -> petition.demands().contains(demand.id()))
                .map(Campaign.Demand::text)
                .toList();
    }
}
