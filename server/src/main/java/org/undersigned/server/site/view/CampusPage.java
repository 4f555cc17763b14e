package org.undersigned.server.site.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Label;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.site.Counted;

/// @param counted by path
public record CampusPage(Campaign campaign, Campaign.Campus campus, Map<String, Counted> counted, Instant now) {
    public @Nullable Counted countedFor(String path) {
        return counted.get(path);
    }

    public LocalDate today() {
        return LocalDate.ofInstant(now, campus.zone());
    }

    public boolean isAhead(Action action) {
        return campaign.isAhead(action, now);
    }

    public List<Answer> answers() {
        return campaign.answersOf(campus.id());
    }

    public List<Label> labels() {
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
