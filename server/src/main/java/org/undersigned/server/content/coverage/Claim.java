package org.undersigned.server.content.coverage;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.document.LocalizedText;

/// One figure as one reporter printed it. Claims that differ are shown side by side; no code adds or averages them.
///
/// @param about    slugs and campus ids that the figure is about; empty: the whole campaign
/// @param words    exactly as printed
/// @param given    bounds that the editor of the campaign set, or null
/// @param reporter the outlet that printed it
/// @param cites    the source that the reporter cites, or null
public record Claim(
        List<String> about,
        LocalizedText subject,
        Measure measure,
        String words,
        @Nullable Bounds given,
        LocalDate asOf,
        String reporter,
        @Nullable String cites) {
    public Claim {
        about = List.copyOf(about);
    }

    /// Converts a figure of a campaign document. If the figure cites the id of a source of the campaign, the claim
    /// cites the outlet of that source.
    ///
    /// @throws IllegalArgumentException if the figure's low is above its high
    public static Claim of(Campaign.Figure figure, Campaign campaign) {
        var given = figure.low() == null && figure.high() == null ? null : new Bounds(figure.low(), figure.high());
        return new Claim(
                figure.about(),
                figure.subject(),
                Measure.of(figure.measure()),
                figure.words(),
                given,
                figure.asOf(),
                campaign.source(figure.source()).outlet(),
                cited(figure.cites(), campaign));
    }

    private static @Nullable String cited(@Nullable String cites, Campaign campaign) {
        return campaign.sources().stream()
                .filter(source -> source.id().equals(cites))
                .findFirst()
                .map(Campaign.Source::outlet)
                .orElse(cites);
    }

    public static List<Claim> allOf(Campaign campaign) {
        return campaign.figures().stream().map(figure -> of(figure, campaign)).toList();
    }

    public LiteralReading reading() {
        return CrowdPhrases.read(words);
    }

    /// Returns the bounds that the editor set, else those of the rule set. A bound that the editor left out is not
    /// filled from a rule.
    public SourcedBounds bounds(RuleSet rules) {
        return given == null
                ? rules.boundsOf(reading(), measure)
                : new SourcedBounds(given, SourcedBounds.Basis.EDITOR);
    }

    /// True if the two claims may be compared: they have the same measure and are about the same thing.
    public boolean comparable(Claim other) {
        return measure == other.measure && about.equals(other.about) && subject.equals(other.subject);
    }

    /// The citation in this claim; empty if the reporter cites nobody.
    Stream<CitationChain.Citation> citation() {
        return cites == null ? Stream.empty() : Stream.of(new CitationChain.Citation(reporter, cites));
    }
}
