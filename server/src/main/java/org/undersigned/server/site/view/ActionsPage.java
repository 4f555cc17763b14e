package org.undersigned.server.site.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Measure;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.drawing.RangePlot;
import org.undersigned.server.site.drawing.UsMap;

/// A campaign's actions, day by day, newest day first.
///
/// @param counted by path
public record ActionsPage(Campaign campaign, Map<String, BoxCounts> counted, Instant now) {
    /// The actions of one day.
    public record Day(LocalDate date, List<Action> actions) {}

    public Collection<Day> days() {
        var days = new TreeMap<LocalDate, List<Action>>(Comparator.reverseOrder());
        for (var action : campaign.actions()) {
            days.computeIfAbsent(action.date(), _ -> new ArrayList<>()).add(action);
        }
        return days.entrySet().stream()
                .map(day -> new Day(day.getKey(), day.getValue()))
                .toList();
    }

    public boolean isUpcoming(Action action) {
        return campaign.isUpcoming(action, now);
    }

    /// A map of the campuses with actions: a campus has a full mark unless all its actions are cancelled.
    public UsMap map() {
        var campuses = campaign.campuses().stream()
                .filter(campus -> !campaign.actionsOf(campus.id()).isEmpty())
                .toList();
        return CampusMap.of(
                campuses,
                campus -> campaign.actionsOf(campus.id()).stream()
                        .anyMatch(action -> action.state() != Action.State.CANCELLED));
    }

    /// Plots of how many people came on a day, for each subject with at least two numbers, read by the printed
    /// words alone.
    public List<Turnout> turnout(Day day, PageContext page) {
        var slugs = day.actions().stream().map(Action::slug).collect(Collectors.toSet());
        var figures = campaign.figures().stream()
                .filter(figure -> figure.measure().equals(Measure.ATTENDED.key())
                        && figure.about().stream().anyMatch(slugs::contains))
                .toList();
        return FigureGroup.of(figures).stream()
                .map(group ->
                        new Turnout(page.in(group.name()), ClaimRows.plot(group, campaign, RuleSet.AS_PRINTED, page)))
                .filter(turnout -> turnout.plot().isWorthDrawing())
                .toList();
    }

    /// @param subject what the figures are about
    public record Turnout(String subject, RangePlot plot) {}

    public @Nullable BoxCounts countedFor(String path) {
        return counted.get(path);
    }
}
