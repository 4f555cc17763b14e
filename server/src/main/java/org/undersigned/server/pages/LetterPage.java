package org.undersigned.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.letter.LetterDrive;

/// @param counted who said they sent theirs; null when that is not counted
public record LetterPage(
        Campaign campaign, LetterDrive drive, @Nullable Counted counted, Instant now) {
    public boolean isOver() {
        return !now.isBefore(drive.deadline());
    }

    /// Whole days to the deadline, 0 on its day.
    public long daysLeft() {
        return Math.max(0, Duration.between(now, drive.deadline()).toDays());
    }

    /// The recipients' groups in the document's order, each once; empty when there are none.
    public List<String> groups(String language) {
        return drive.recipients().stream()
                .map(LetterDrive.Recipient::group)
                .filter(java.util.Objects::nonNull)
                .map(group -> group.in(language))
                .distinct()
                .toList();
    }
}
