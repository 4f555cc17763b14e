package org.undersigned.server.pages;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.action.Action;
import org.undersigned.server.box.Boxes;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.figure.UsMap;

/// @param counted by path
public record CampaignPage(Campaign campaign, Map<String, Counted> counted) {
    public @Nullable Counted countedFor(String path) {
        return counted.get(path);
    }

    /// Signatures counted at all petitions of the campaign whose number may be shown, by class of signers.
    public List<ClassTotal> totals() {
        return campaign.petitions().stream()
                .map(petition -> counted.get(petition.path()))
                .filter(Objects::nonNull)
                .flatMap(one -> one.classes().stream())
                .filter(one -> Counted.isShown(one.count()))
                .collect(Collectors.groupingBy(
                        Boxes.ClassCount::name, TreeMap::new, Collectors.summingLong(Boxes.ClassCount::count)))
                .entrySet()
                .stream()
                .map(entry -> new ClassTotal(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// One class of signers, over several boxes.
    public record ClassTotal(String name, long count) {}

    public UsMap map() {
        return CampusMap.of(campaign.campuses(), this::isCounted);
    }

    private boolean isCounted(Campaign.Campus campus) {
        return campaign.petitionsOf(campus.id()).stream()
                .map(petition -> counted.get(petition.path()))
                .anyMatch(one -> one != null && one.isPublished());
    }

    /// What is still ahead, soonest first.
    public List<Action> ahead() {
        return campaign.actions().stream()
                .filter(Action::isAhead)
                .sorted(Comparator.comparing(Action::date))
                .toList();
    }
}
