package org.undersigned.server.content.coverage;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.document.LocalizedText;

/// One figure as one reporter printed it. Differing claims stand side by side: nothing here adds or
/// averages.
///
/// @param about    slugs and campus ids it speaks of; empty: the campaign as a whole
/// @param words    as printed, to the letter
/// @param given    bounds the editor of the campaign gave, or null
/// @param reporter the outlet that printed it
/// @param cites    whom the reporter cites, or null
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

    /// A citation that names a source of the campaign by its id means that source's outlet.
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

    /// What the editor gave wins over any rule, whole: a bound the editor left out is not filled from a
    /// rule.
    public SourcedBounds bounds(RuleSet rules) {
        return given == null ? rules.judge(reading(), measure) : new SourcedBounds(given, SourcedBounds.Basis.EDITOR);
    }

    /// Whether the two may be set side by side: the same measure of the same thing.
    public boolean comparable(Claim other) {
        return measure == other.measure && about.equals(other.about) && subject.equals(other.subject);
    }

    /// What a follower of citations knows from this claim.
    Stream<CitationChain.Citation> citation() {
        return cites == null ? Stream.empty() : Stream.of(new CitationChain.Citation(reporter, cites));
    }
}
