package org.undersigned.server.site.drawing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A chart of a number that grows in steps over time, as published, without smoothing.
///
/// @param points in order of time; at least one
/// @param axis   of the numbers
public record StepChart(List<Point> points, Axis axis) {
    /// The coordinates of the path; the drawing is stretched to the available space.
    public static final int WIDTH = 1000;

    public static final int HEIGHT = 300;

    public record Point(Instant at, long number) {}

    public static StepChart of(List<Point> points) {
        if (points.isEmpty()) throw new IllegalArgumentException("no points");
        var largest = points.stream().mapToLong(Point::number).max().orElseThrow();
        return new StepChart(List.copyOf(points), Axis.even(largest));
    }

    public Point first() {
        return points.getFirst();
    }

    public Point last() {
        return points.getLast();
    }

    /// The line as SVG path data: across, then up.
    public String path() {
        var path = new StringBuilder();
        for (var point : points) {
            if (path.isEmpty()) path.append(String.format(Locale.ROOT, "M0,%d", HEIGHT));
            path.append(String.format(Locale.ROOT, "H%.1fV%.1f", x(point), y(point)));
        }
        return path.append("H").append(WIDTH).toString();
    }

    /// The line and the area below it.
    public String area() {
        return path() + "V" + HEIGHT + "H0Z";
    }

    private double x(Point point) {
        var whole = last().at().toEpochMilli() - first().at().toEpochMilli();
        if (whole == 0) return 0;
        return WIDTH * (point.at().toEpochMilli() - first().at().toEpochMilli()) / (double) whole;
    }

    private double y(Point point) {
        return HEIGHT - HEIGHT * axis.at(point.number()) / 100;
    }

    /// At most twelve of the points, with the first and the last, for a table.
    public List<Point> sample() {
        var some = new ArrayList<Point>();
        var every = Math.max(1, (points.size() + 10) / 11);
        for (var i = 0; i < points.size(); i += every) some.add(points.get(i));
        if (!some.getLast().equals(last())) some.add(last());
        return some;
    }
}
