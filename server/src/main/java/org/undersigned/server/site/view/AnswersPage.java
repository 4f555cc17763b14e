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

/// A matrix of campuses and demands with the answers of the administrations.
///
/// @param byCampus then by demand: the template reads each cell
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

    /// True if the call makes the demand of every campus, or a petition makes it of this campus.
    public boolean isAsked(Campaign.Campus campus, Campaign.Demand demand) {
        if (demand.everywhere()) return true;
        return campaign.petitionsOf(campus.id()).stream()
                .anyMatch(petition -> petition.demands().contains(demand.id()));
    }

    /// Demands whose cell for the campus is not empty.
    public List<Campaign.Demand> demandsShownFor(Campaign.Campus campus) {
        return campaign.demands().stream()
                .filter(demand ->
                        isAsked(campus, demand) || answer(campus, demand).isPresent())
                .toList();
    }

    /// The number of answers with each status; a status without answers is left out.
    public Map<Answer.Status, Long> totals() {
        var totals = new EnumMap<Answer.Status, Long>(Answer.Status.class);
        campaign.answers().forEach(one -> totals.merge(one.now().status(), 1L, Long::sum));
        return totals;
    }

    /// Answers whose review day passed without news.
    public List<Answer> overdue() {
        return campaign.answers().stream()
                .filter(one -> campaign.isOverdue(one, now))
                .toList();
    }
}
