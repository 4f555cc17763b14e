package org.undersigned.server.site.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.answer.SanctuaryLabel;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.site.BoxCounts;

/// @param counted by path
public record CampusPage(Campaign campaign, Campaign.Campus campus, Map<String, BoxCounts> counted, Instant now) {
    public @Nullable BoxCounts countedFor(String path) {
        return counted.get(path);
    }

    public LocalDate today() {
        return LocalDate.ofInstant(now, campus.zone());
    }

    public boolean isUpcoming(Action action) {
        return campaign.isUpcoming(action, now);
    }

    public List<Answer> answers() {
        return campaign.answersOf(campus.id());
    }

    public List<SanctuaryLabel> labels() {
        return campaign.labels().stream()
                .filter(one -> one.campus().equals(campus.id()))
                .toList();
    }

    public List<Meeting> meetings() {
        return campaign.meetings().stream()
                .filter(one -> one.campus().equals(campus.id()))
                .toList();
    }
}
