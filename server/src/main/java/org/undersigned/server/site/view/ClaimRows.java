package org.undersigned.server.site.view;

import java.util.Locale;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Bounds;
import org.undersigned.server.content.coverage.Claim;
import org.undersigned.server.content.coverage.LiteralReading;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.drawing.RangePlot;

/// Formats claims for readers: as rows of a plot and as words, by one set of rules.
public final class ClaimRows {
    private ClaimRows() {}

    static RangePlot plot(FigureGroup group, Campaign campaign, RuleSet rules, PageContext page) {
        return RangePlot.of(group.figures().stream()
                .map(figure -> row(figure, campaign, rules, page))
                .toList());
    }

    private static RangePlot.Row row(Campaign.Figure figure, Campaign campaign, RuleSet rules, PageContext page) {
        var claim = Claim.of(figure, campaign);
        var language = campaign.source(figure.source()).language();
        var label = page.t("measure.title." + claim.measure().key());
        var bounds = claim.bounds(rules).bounds();
        if (bounds.isNone() && claim.reading() instanceof LiteralReading.About(var from, var to)) {
            return new RangePlot.Row(label, claim.words(), language, claim.reporter(), from, to, true);
        }
        return new RangePlot.Row(label, claim.words(), language, claim.reporter(), bounds.low(), bounds.high(), false);
    }

    /// The least and the most a claim can mean: "at least 2,600", "around 2,000".
    public static String meaning(Claim claim, RuleSet rules, PageContext page) {
        var bounds = claim.bounds(rules).bounds();
        if (bounds.isNone() && claim.reading() instanceof LiteralReading.About(var from, var to)) {
            return page.t("figure.about", format(new Bounds(from, to), page));
        }
        return format(bounds, page);
    }

    private static String format(Bounds bounds, PageContext page) {
        var low = bounds.low();
        var high = bounds.high();
        if (low == null) return high == null ? page.t("figure.none") : page.t("figure.atMost", page.number(high));
        if (high == null) return page.t("figure.atLeast", page.number(low));
        return low.equals(high) ? page.number(low) : page.t("figure.between", page.number(low), page.number(high));
    }

    /// The basis of its bounds, as in message keys: `basis.printed`.
    public static String basis(Claim claim, RuleSet rules) {
        return claim.bounds(rules).basis().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
