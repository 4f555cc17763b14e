package org.undersigned.server.content.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// When people may sign: from `opens` to before `closes`, as a campaign's document says.
///
/// @param opens  null if the document names no beginning
/// @param closes null if it names no end
public record SigningPeriod(
        @Nullable Instant opens, @Nullable Instant closes) {
    /// The campaign's own days, from the beginning of the first to the end of the last, where the campus is.
    static SigningPeriod of(Campaign campaign, ZoneId zone) {
        var first = campaign.opens();
        var last = campaign.closes();
        return new SigningPeriod(
                first == null ? null : first.atStartOfDay(zone).toInstant(), last == null ? null : endOf(last, zone));
    }

    /// The end of a day: the beginning of the next one.
    static Instant endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /// This period, but not longer than until `end`.
    SigningPeriod until(Instant end) {
        return closes != null && closes.isBefore(end) ? this : new SigningPeriod(opens, end);
    }

    /// The earlier beginning and the later end of both.
    static SigningPeriod longer(SigningPeriod a, SigningPeriod b) {
        var opens = a.opens == null || b.opens == null ? null : a.opens.isBefore(b.opens) ? a.opens : b.opens;
        var closes = a.closes == null || b.closes == null ? null : a.closes.isAfter(b.closes) ? a.closes : b.closes;
        return new SigningPeriod(opens, closes);
    }

    public boolean isBefore(Instant now) {
        return opens != null && now.isBefore(opens);
    }

    public boolean isOver(Instant now) {
        return closes != null && !now.isBefore(closes);
    }

    public boolean isOpenAt(Instant now) {
        return !isBefore(now) && !isOver(now);
    }
}
