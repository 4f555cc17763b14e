package org.undersigned.server.pages;

import java.time.Duration;
import java.time.Instant;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.letter.LetterDrive;

/// A letter drive, as it stands at a moment.
public record LetterPage(Campaign campaign, LetterDrive drive, Instant now) {
    public boolean isOver() {
        return !now.isBefore(drive.deadline());
    }

    /// Whole days to the deadline, 0 on its day.
    public long daysLeft() {
        return Math.max(0, Duration.between(now, drive.deadline()).toDays());
    }
}
