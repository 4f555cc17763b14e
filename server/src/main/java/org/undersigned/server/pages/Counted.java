package org.undersigned.server.pages;

import java.time.Instant;
import java.util.List;
import org.undersigned.server.box.Boxes;
import org.undersigned.server.figure.StepChart;

/// What a page may say of a box: the counts of one published checkpoint, how it grew, and when it takes signatures.
///
/// @param size         leaves under that checkpoint
/// @param affiliations the manifest's, in its order
public record Counted(
        String box,
        long size,
        boolean open,
        Instant closes,
        List<Boxes.ClassCount> classes,
        List<String> affiliations,
        List<Boxes.Batch> batches) {
    /// A number below this could point at someone.
    public static final long SMALLEST_SHOWN = 10;

    static Counted of(Boxes.Published published, Instant now) {
        var manifest = published.manifest();
        return new Counted(
                manifest.box().value(),
                published.size(),
                manifest.isOpenAt(now),
                manifest.closes(),
                published.counts(),
                manifest.affiliations(),
                published.batches());
    }

    /// What may be told of each class.
    public List<ShownClass> shown() {
        return classes.stream().map(one -> ShownClass.of(one, affiliations)).toList();
    }

    /// How a class grew, from where its number may be shown; empty while there is too little to draw.
    public List<StepChart.Point> growth(String cls) {
        var points = batches.stream()
                .filter(batch -> batch.cls().equals(cls) && isShown(batch.standing()))
                .map(batch -> new StepChart.Point(batch.publishedAt(), batch.standing()))
                .toList();
        return points.size() < 2 ? List.of() : points;
    }

    /// Whether anything but the manifest's leaf is published.
    public boolean isPublished() {
        return size > 1;
    }

    public static boolean isShown(long count) {
        return count >= SMALLEST_SHOWN;
    }
}
