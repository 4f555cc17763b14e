package org.undersigned.server.site.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Measure;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.drawing.UsMap;

/// @param counted by path
/// @param ahead   actions to come, soonest first
public record CampaignPage(Campaign campaign, Map<String, BoxCounts> counted, List<Action> ahead) {
    public static CampaignPage of(Campaign campaign, Map<String, BoxCounts> counted, Instant now) {
        return new CampaignPage(
                campaign,
                counted,
                campaign.actions().stream()
                        .filter(action -> campaign.isAhead(action, now))
                        .sorted(Comparator.comparing(Action::date))
                        .toList());
    }

    /// For what is told alike whatever the day.
    public CampaignPage(Campaign campaign, Map<String, BoxCounts> counted) {
        this(campaign, counted, List.of());
    }

    public @Nullable BoxCounts countedFor(String path) {
        return counted.get(path);
    }

    /// Signatures counted at all petitions of the campaign whose number may be shown, by class of signers.
    public List<ClassTotal> totals() {
        return published().stream()
                .flatMap(petition -> shown(petition).stream())
                .collect(Collectors.groupingBy(
                        Boxes.ClassCount::name, TreeMap::new, Collectors.summarizingLong(Boxes.ClassCount::count)))
                .entrySet()
                .stream()
                .map(entry -> new ClassTotal(
                        entry.getKey(),
                        entry.getValue().getSum(),
                        entry.getValue().getCount()))
                .toList();
    }

    /// One class of signers, over several petitions.
    public record ClassTotal(String name, long count, long petitions) {}

    /// Petitions with a number that may be shown: those that the totals are made of.
    public List<Campaign.Petition> published() {
        return campaign.petitions().stream()
                .filter(petition -> !shown(petition).isEmpty())
                .toList();
    }

    private List<Boxes.ClassCount> shown(Campaign.Petition petition) {
        var box = counted.get(petition.path());
        if (box == null) return List.of();
        return box.classes().stream()
                .filter(one -> BoxCounts.isShown(one.count()))
                .toList();
    }

    /// How many campuses took part in all, as others reported it.
    public List<Campaign.Figure> reported() {
        return campaign.figuresAbout("").stream()
                .filter(figure -> figure.measure().equals(Measure.HELD.key())
                        || figure.measure().equals(Measure.PLANNED.key()))
                .toList();
    }

    public UsMap map() {
        return CampusMap.of(campaign.campuses(), this::isCounted);
    }

    private boolean isCounted(Campaign.Campus campus) {
        return campaign.petitionsOf(campus.id()).stream()
                .map(petition -> counted.get(petition.path()))
                .anyMatch(one -> one != null && one.isPublished());
    }
}
