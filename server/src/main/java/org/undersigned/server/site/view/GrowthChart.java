package org.undersigned.server.site.view;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.drawing.StepChart;

/// The growth of a class over time, in the local time of the campus. Times have seconds only if two of them would
/// otherwise look the same.
public record GrowthChart(String cls, StepChart chart, ZoneId zone) {
    /// Returns a chart for each class that grew enough to draw.
    public static List<GrowthChart> of(BoxCounts counted, ZoneId zone) {
        return counted.classes().stream()
                .flatMap(cls -> of(cls.name(), counted, zone).stream())
                .toList();
    }

    /// Returns the chart of one class; empty while there is too little to draw.
    public static Optional<GrowthChart> of(String cls, BoxCounts counted, ZoneId zone) {
        var points = counted.growth(cls);
        return points.isEmpty() ? Optional.empty() : Optional.of(new GrowthChart(cls, StepChart.of(points), zone));
    }

    public String moment(StepChart.Point point, PageContext page) {
        return format(page, minutesAreDistinct(page) ? FormatStyle.SHORT : FormatStyle.MEDIUM)
                .format(point.at().atZone(zone));
    }

    /// Name of the time zone: "Eastern Standard Time", or "Eastern Time" if the clocks changed in between.
    public String zoneName(PageContext page) {
        var names = chart.sample().stream()
                .map(point -> page.zone(point.at().atZone(zone)))
                .distinct()
                .toList();
        if (names.size() == 1) return names.getFirst();
        return DateTimeFormatter.ofPattern("vvvv", page.locale())
                .format(chart.last().at().atZone(zone));
    }

    private boolean minutesAreDistinct(PageContext page) {
        var minutes = format(page, FormatStyle.SHORT);
        var points = chart.sample();
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
