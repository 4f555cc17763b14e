package org.undersigned.server.pages;

import java.util.List;
import org.undersigned.server.coverage.Claim;
import org.undersigned.server.coverage.Reading;
import org.undersigned.server.coverage.RuleSet;
import org.undersigned.server.figure.RangePlot;

/// Claims as rows of a plot, read by one set of rules.
final class ClaimRows {
    private ClaimRows() {}

    static RangePlot plot(List<Claim> claims, RuleSet rules, Page page) {
        return RangePlot.of(
                claims.stream().map(claim -> row(claim, rules, page)).toList());
    }

    private static RangePlot.Row row(Claim claim, RuleSet rules, Page page) {
        var bounds = claim.bounds(rules).bounds();
        var subject = page.in(claim.subject());
        if (bounds.isNone() && claim.reading() instanceof Reading.About(var from, var to)) {
            return new RangePlot.Row(subject, claim.words(), claim.reporter(), from, to, true);
        }
        return new RangePlot.Row(subject, claim.words(), claim.reporter(), bounds.low(), bounds.high(), false);
    }
}
