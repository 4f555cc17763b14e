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
                        .filter(action -> campaign.isUpcoming(action, now))
                        .sorted(Comparator.comparing(Action::date))
                        .toList());
    }

    /// For output that does not depend on the current day.
    public CampaignPage(Campaign campaign, Map<String, BoxCounts> counted) {
        this(campaign, counted, List.of());
    }

    public @Nullable BoxCounts countedFor(String path) {
        return counted.get(path);
    }

    /// Signatures by class of signers, summed over the petitions whose count may be shown.
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

    /// One class of signers, summed over several petitions.
    public record ClassTotal(String name, long count, long petitions) {}

    /// Petitions with a count that may be shown; [#totals] sums these.
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

    /// Figures that others reported for the number of campuses that took part in total.
    public List<Campaign.Figure> participationFigures() {
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
