package org.undersigned.server.site.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.PageContext;

/// A letter drive at a given moment.
public record LetterPage(Campaign campaign, LetterDrive drive, Instant now) {
    public boolean isOver() {
        return !now.isBefore(drive.deadline());
    }

    /// Days until the last day, in the time zone of the drive; 0 on that day.
    public long daysLeft() {
        var today = LocalDate.ofInstant(now, drive.zone());
        return Math.max(0, ChronoUnit.DAYS.between(today, drive.lastDay()));
    }

    /// "Today is the last day." or how many days are left.
    public String countdown(PageContext page) {
        return switch ((int) Math.min(daysLeft(), 2)) {
            case 0 -> page.t("letter.today");
            case 1 -> page.t("letter.tomorrow");
            default -> page.t("letter.days", page.number(daysLeft()));
        };
    }

    /// The deadline in local time, followed by the name of the time zone.
    public static String deadline(LetterDrive drive, PageContext page) {
        return page.moment(drive.deadline(), drive.zone()) + " ("
                + page.zone(drive.deadline().atZone(drive.zone())) + ")";
    }
}
