package org.undersigned.server.site.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Measure;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.drawing.RangePlot;

/// Every figure of a campaign, grouped by subject and read by one set of rules.
///
/// @param counted by path
public record CoveragePage(Campaign campaign, RuleSet rules, Map<String, BoxCounts> counted) {
    private static final String RULES =
            Stream.of(RuleSet.values()).map(RuleSet::key).collect(Collectors.joining(", "));

    /// Returns the rules that the query parameter names; [RuleSet#AS_PRINTED] if it is empty.
    public static RuleSet rules(String key) {
        if (key.isEmpty()) return RuleSet.AS_PRINTED;
        return RuleSet.of(key).orElseThrow(() -> Problem.malformed("rules", "Choose one of " + RULES + "."));
    }

    /// Subjects with the same measures.
    public record Part(Set<Measure> measures, List<FigureGroup> subjects) {}

    /// The parts in the order of [Measure].
    public List<Part> parts() {
        var byMeasures = new LinkedHashMap<Set<Measure>, List<FigureGroup>>();
        for (var group : FigureGroup.of(campaign.figures())) {
            byMeasures.computeIfAbsent(group.measures(), _ -> new ArrayList<>()).add(group);
        }
        return byMeasures.entrySet().stream()
                .map(entry -> new Part(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(Comparator.comparing(part -> part.measures().iterator().next()))
                .toList();
    }

    public RangePlot plot(FigureGroup group, PageContext page) {
        return ClaimRows.plot(group, campaign, rules, page);
    }
}
