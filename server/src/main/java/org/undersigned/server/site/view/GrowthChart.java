package org.undersigned.server.site.view;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.drawing.StepChart;

/// How a class grew, with moments told on the wall of the campus, to the second only where two of them would read
/// the same.
public record GrowthChart(String cls, StepChart chart, ZoneId zone) {
    /// Of each class that grew enough to draw.
    public static List<GrowthChart> of(BoxCounts counted, ZoneId zone) {
        return counted.classes().stream()
                .flatMap(cls -> of(cls.name(), counted, zone).stream())
                .toList();
    }

    /// Of one class; empty while there is too little to draw.
    public static Optional<GrowthChart> of(String cls, BoxCounts counted, ZoneId zone) {
        var points = counted.growth(cls);
        return points.isEmpty() ? Optional.empty() : Optional.of(new GrowthChart(cls, StepChart.of(points), zone));
    }

    public String moment(StepChart.Point point, PageContext page) {
        return format(page, isToldByMinutes(page) ? FormatStyle.SHORT : FormatStyle.MEDIUM)
                .format(point.at().atZone(zone));
    }

    /// What its clocks show: "Eastern Standard Time", or "Eastern Time" where they changed meanwhile.
    public String zoneName(PageContext page) {
        var names = chart.some().stream()
                .map(point -> page.zone(point.at().atZone(zone)))
                .distinct()
                .toList();
        if (names.size() == 1) return names.getFirst();
        return DateTimeFormatter.ofPattern("vvvv", page.locale())
                .format(chart.last().at().atZone(zone));
    }

    private boolean isToldByMinutes(PageContext page) {
        var minutes = format(page, FormatStyle.SHORT);
        var points = chart.some();
        return points.stream()
                        .map(point -> minutes.format(point.at().atZone(zone)))
                        .distinct()
                        .count()
                == points.size();
    }

    private static DateTimeFormatter format(PageContext page, FormatStyle time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, time).withLocale(page.locale());
    }
}
