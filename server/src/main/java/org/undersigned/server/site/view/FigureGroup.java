package org.undersigned.server.site.view;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.CitationChain;
import org.undersigned.server.content.coverage.Claim;
import org.undersigned.server.content.coverage.Measure;
import org.undersigned.server.content.document.LocalizedText;

/// Figures about one subject with any measure: planned numbers stand next to held ones. Only figures of one group
/// may share an axis.
public record FigureGroup(LocalizedText name, List<Campaign.Figure> figures) {
    public FigureGroup {
        figures = List.copyOf(figures);
    }

    private record Key(LocalizedText subject, Set<String> about) {}

    /// The groups in the order of the document.
    static List<FigureGroup> of(List<Campaign.Figure> figures) {
        var bySubject = new LinkedHashMap<Key, List<Campaign.Figure>>();
        for (var figure : figures) {
            bySubject
                    .computeIfAbsent(new Key(figure.subject(), Set.copyOf(figure.about())), _ -> new ArrayList<>())
                    .add(figure);
        }
        return bySubject.entrySet().stream()
                .map(entry -> new FigureGroup(entry.getKey().subject(), entry.getValue()))
                .toList();
    }

    public Set<Measure> measures() {
        var measures = EnumSet.noneOf(Measure.class);
        figures.forEach(figure -> measures.add(Measure.of(figure.measure())));
        return measures;
    }

    /// Origins that more than one reporter repeats, and circular citations.
    public List<CitationChain.Origin> sharedOrigins(Campaign campaign) {
        return measures().stream()
                .flatMap(measure -> CitationChain.origins(claims(campaign, measure)).stream())
                .filter(origin -> origin.reporters() > 1 || origin.circular())
                .toList();
    }

    private List<Claim> claims(Campaign campaign, Measure measure) {
        return figures.stream()
                .map(figure -> Claim.of(figure, campaign))
                .filter(claim -> claim.measure() == measure)
                .toList();
    }
}
