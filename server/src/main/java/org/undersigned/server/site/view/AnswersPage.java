package org.undersigned.server.site.view;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.site.BoxCounts;

/// Every campus and every demand: who answered what.
///
/// @param byCampus then by demand: the matrix asks for each cell
/// @param counted  by path
public record AnswersPage(
        Campaign campaign, Instant now, Map<String, Map<Integer, Answer>> byCampus, Map<String, BoxCounts> counted) {
    public static AnswersPage of(Campaign campaign, Instant now, Map<String, BoxCounts> counted) {
        var byCampus = campaign.answers().stream()
                .collect(Collectors.groupingBy(Answer::campus, Collectors.toMap(Answer::demand, one -> one)));
        return new AnswersPage(campaign, now, byCampus, counted);
    }

    public Optional<Answer> answer(Campaign.Campus campus, Campaign.Demand demand) {
        return Optional.ofNullable(byCampus.getOrDefault(campus.id(), Map.of()).get(demand.id()));
    }

    /// Demands that the call makes of every campus, or some petition at this one.
    public boolean isAsked(Campaign.Campus campus, Campaign.Demand demand) {
        if (demand.everywhere()) return true;
        return campaign.petitionsOf(campus.id()).stream()
                .anyMatch(petition -> petition.demands().contains(demand.id()));
    }

    /// Demands with a cell that says something at the campus.
    public List<Campaign.Demand> madeOf(Campaign.Campus campus) {
        return campaign.demands().stream()
                .filter(demand ->
                        isAsked(campus, demand) || answer(campus, demand).isPresent())
                .toList();
    }

    /// How many answers stand at each status, those without any left out.
    public Map<Answer.Status, Long> totals() {
        var totals = new EnumMap<Answer.Status, Long>(Answer.Status.class);
        campaign.answers().forEach(one -> totals.merge(one.now().status(), 1L, Long::sum));
        return totals;
    }

    /// Answers whose day of review went by in silence.
    public List<Answer> overdue() {
        return campaign.answers().stream()
                .filter(one -> campaign.isOverdue(one, now))
                .toList();
    }
}
