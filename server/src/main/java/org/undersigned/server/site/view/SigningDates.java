package org.undersigned.server.site.view;

import java.time.Instant;
import java.time.ZoneId;
import org.undersigned.server.content.campaign.SigningPeriod;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;

/// What a page says about the days on which people may sign it.
///
/// @param zone of the campus
public record SigningDates(SigningPeriod period, ZoneId zone, Instant now) {
    /// The sentence for a page without a box: when signing begins, or that it is over. A box may wait for the next
    /// opening day.
    public String withoutBox(PageContext page) {
        var opens = period.opens();
        var closes = period.closes();
        if (opens != null && period.isBefore(now)) return page.t("dates.opens", page.date(opens, zone));
        if (closes == null || !period.isOver(now)) return page.t("dates.soon");
        return closes.equals(Instant.MIN)
                ? page.t("dates.none")
                : page.t("dates.ended", page.date(closes.minusSeconds(1), zone));
    }

    /// The sentence for a box that closes before the document says, because its campus's keys last one year only;
    /// empty if it does not.
    public String tighterRule(PageContext page, BoxCounts counted) {
        var closes = period.closes();
        if (closes == null || !counted.open() || !counted.closes().isBefore(closes)) return "";
        return page.t("dates.rollYear", page.date(closes.minusSeconds(1), zone));
    }
}
