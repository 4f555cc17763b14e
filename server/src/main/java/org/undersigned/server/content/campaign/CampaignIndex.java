package org.undersigned.server.content.campaign;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.letter.LetterDrive;

/// The contents of a campaign by id, by slug and by campus. A page looks up something for each campus, and a campaign
/// can have thousands of them.
record CampaignIndex(
        Map<String, Campaign.Source> sources,
        Map<String, Campaign.Campus> campuses,
        Map<String, Campaign.Petition> petitions,
        Map<String, Action> actions,
        Map<String, LetterDrive> letters,
        Map<String, List<Campaign.Petition>> petitionsByCampus,
        Map<String, List<Action>> actionsByCampus,
        Map<String, List<Answer>> answersByCampus) {
    static CampaignIndex of(
            List<Campaign.Source> sources,
            List<Campaign.Campus> campuses,
            List<Campaign.Petition> petitions,
            List<Action> actions,
            List<LetterDrive> letters,
            List<Answer> answers) {
        return new CampaignIndex(
                by(Campaign.Source::id, sources),
                by(Campaign.Campus::id, campuses),
                by(Campaign.Petition::slug, petitions),
                by(Action::slug, actions),
                by(LetterDrive::slug, letters),
                petitions.stream().collect(groupingBy(Campaign.Petition::campus)),
                byCampus(actions),
                answers.stream().collect(groupingBy(Answer::campus)));
    }

    private static <T> Map<String, T> by(Function<T, String> key, List<T> all) {
        return all.stream().collect(toMap(key, one -> one));
    }

    private static Map<String, List<Action>> byCampus(List<Action> actions) {
        var all = new HashMap<String, List<Action>>();
        for (var action : actions) {
            action.campuses().stream()
                    .distinct()
                    .forEach(campus ->
                            all.computeIfAbsent(campus, _ -> new ArrayList<>()).add(action));
        }
        return all;
    }
}
