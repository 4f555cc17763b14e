package org.undersigned.server.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.coverage.Measure;
import org.undersigned.server.coverage.RuleSet;
import org.undersigned.server.figure.RangePlot;

/// Every figure of a campaign, what is about one thing side by side, read by one set of rules.
///
/// @param counted by path
public record CoveragePage(Campaign campaign, RuleSet rules, Map<String, Counted> counted) {
    /// The rules an address asks for; the printed words' own for anything else.
    static RuleSet rules(String key) {
        return RuleSet.of(key).orElse(RuleSet.AS_PRINTED);
    }

    /// Subjects measured in the same ways.
    public record Part(Set<Measure> measures, List<Subject> subjects) {}

    /// In the order of [Measure].
    public List<Part> parts() {
        var byMeasures = new LinkedHashMap<Set<Measure>, List<Subject>>();
        for (var subject : Subject.of(campaign.figures())) {
            byMeasures
                    .computeIfAbsent(subject.measures(), _ -> new ArrayList<>())
                    .add(subject);
        }
        return byMeasures.entrySet().stream()
                .map(entry -> new Part(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(Comparator.comparing(part -> part.measures().iterator().next()))
                .toList();
    }

    public RangePlot plot(Subject subject, Page page) {
        return ClaimRows.plot(subject, campaign, rules, page);
    }
}
