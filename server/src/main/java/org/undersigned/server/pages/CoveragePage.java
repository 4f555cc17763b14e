package org.undersigned.server.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.coverage.Bounds;
import org.undersigned.server.coverage.Chain;
import org.undersigned.server.coverage.Claim;
import org.undersigned.server.coverage.Measure;
import org.undersigned.server.coverage.RuleSet;
import org.undersigned.server.figure.RangePlot;

/// Every figure of a campaign, what may be compared side by side, read by one set of rules.
///
/// @param counted by path
public record CoveragePage(Campaign campaign, RuleSet rules, Map<String, Counted> counted) {
    /// The rules an address asks for; the printed words' own for anything else.
    static RuleSet rules(String key) {
        return RuleSet.of(key).orElse(RuleSet.AS_PRINTED);
    }

    /// Claims of one measure, in the order of the document.
    public record Group(Measure measure, List<Claim> claims) {}

    public List<Group> groups() {
        var byMeasure = new LinkedHashMap<Measure, List<Claim>>();
        for (var measure : Measure.values()) byMeasure.put(measure, new ArrayList<>());
        for (var claim : Claim.allOf(campaign))
            byMeasure.getOrDefault(claim.measure(), new ArrayList<>()).add(claim);
        return byMeasure.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Group(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    public Bounds bounds(Claim claim) {
        return claim.bounds(rules).bounds();
    }

    /// Where the bounds come from, as in message keys: `basis.printed`.
    public String basis(Claim claim) {
        return claim.bounds(rules).basis().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one voice several reporters of a group repeat, and circles of citation.
    public List<Chain.Origin> shared(Group group) {
        return Chain.origins(group.claims()).stream()
                .filter(origin -> origin.reporters() > 1 || origin.circular())
                .toList();
    }

    /// The claims of a group on one axis.
    public RangePlot plot(Group group, Page page) {
        return ClaimRows.plot(group.claims(), rules, page);
    }
}
