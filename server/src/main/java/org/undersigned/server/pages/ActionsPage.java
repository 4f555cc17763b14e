package org.undersigned.server.pages;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.action.Action;
import org.undersigned.server.campaign.Campaign;

/// A campaign's actions, day by day, newest day first.
///
/// @param counted by path
public record ActionsPage(Campaign campaign, Map<String, Counted> counted, LocalDate today) {
    /// What happens on one day.
    public record Day(LocalDate date, List<Action> actions) {}

    public Collection<Day> days() {
        var days = new TreeMap<LocalDate, Day>(Comparator.reverseOrder());
        for (var action : campaign.actions()) {
            var others = days.get(action.date());
            var all = new java.util.ArrayList<>(others == null ? List.of() : others.actions());
            all.add(action);
            days.put(action.date(), new Day(action.date(), List.copyOf(all)));
        }
        return days.values();
    }

    public @Nullable Counted countedFor(String path) {
        return counted.get(path);
    }
}
