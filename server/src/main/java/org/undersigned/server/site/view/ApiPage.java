package org.undersigned.server.site.view;

import java.util.List;
import java.util.stream.Stream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.Snapshot;

/// The page for programmers: what a program can read, with example addresses of this instance.
///
/// @param campaign slug of an example campaign; `petition` is the slug of its first petition
public record ApiPage(List<String> lists, String campaign, String petition, String box) {
    private static final List<String> LISTS =
            List.of("campuses", "petitions", "actions", "letters", "answers", "figures");

    public static ApiPage of(Snapshot shown) {
        var campaign = shown.campaigns().stream()
                .filter(one -> !one.petitions().isEmpty())
                .findFirst();
        var petition = campaign.map(one -> one.petitions().getFirst());
        return new ApiPage(
                LISTS,
                campaign.map(Campaign::slug).orElse("CAMPAIGN"),
                petition.map(Campaign.Petition::slug).orElse("PETITION"),
                Stream.concat(
                                petition.map(Campaign.Petition::path).stream()
                                        .map(shown::counted)
                                        .flatMap(Stream::ofNullable)
                                        .map(BoxCounts::box),
                                Stream.of("BOX"))
                        .findFirst()
                        .orElseThrow());
    }
}
