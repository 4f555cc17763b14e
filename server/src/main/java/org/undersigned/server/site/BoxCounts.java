package org.undersigned.server.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.box.PublicStatement;
import org.undersigned.server.site.drawing.StepChart;

/// What a page may say of a box: the counts of one published checkpoint, how it grew, and when it takes signatures.
///
/// @param remarks      a few names and comments that are shown
/// @param size         leaves under that checkpoint
/// @param affiliations the manifest's, in its order
public record BoxCounts(
        String box,
        long size,
        boolean open,
        Instant closes,
        List<Boxes.ClassCount> classes,
        List<String> affiliations,
        List<Boxes.Batch> batches,
        List<PublicStatement> remarks) {
    /// A number below this could point at someone.
    public static final long SMALLEST_SHOWN = 10;

    static BoxCounts of(Boxes.Published published, Instant now) {
        var manifest = published.manifest();
        return new BoxCounts(
                manifest.box().value(),
                published.size(),
                manifest.isOpenAt(now),
                manifest.closes(),
                published.counts(),
                manifest.affiliations(),
                published.batches(),
                published.remarks());
    }

    /// What may be told of each class.
    public List<DisclosedClass> disclosed() {
        return classes.stream().map(one -> DisclosedClass.of(this, one)).toList();
    }

    /// How a class grew, from where its number may be shown, and in steps that may be: a smaller one, as when the
    /// promise to a few runs out, could point at someone too. Empty while there is too little to draw.
    public List<StepChart.Point> growth(String cls) {
        var points = batches.stream()
                .filter(batch -> batch.cls().equals(cls) && isShown(batch.standing()))
                .map(batch -> new StepChart.Point(batch.publishedAt(), batch.standing()))
                .toList();
        var told = new ArrayList<StepChart.Point>();
        for (var point : points) if (told.isEmpty() || isStep(told.getLast(), point)) told.add(point);
        if (told.isEmpty()) return List.of();
        var newest = points.getLast(); // it stands beside the chart anyhow
        while (!told.isEmpty() && !isStep(told.getLast(), newest)) told.removeLast();
        told.add(newest);
        return told.size() < 2 ? List.of() : List.copyOf(told);
    }

    private static boolean isStep(StepChart.Point from, StepChart.Point to) {
        return isShown(Math.abs(to.number() - from.number()));
    }

    /// Signatures under one declared affiliation, as far as they may be told.
    ///
    /// @param affiliation 0 is "not said", else 1 + the index in [#affiliations]
    /// @param shown       whether the number may be
    public record Part(int affiliation, long count, boolean shown) {}

    /// A class by affiliation; which are hidden is told by [Suppression], so that no small number can be worked
    /// out.
    public List<Part> parts(Boxes.ClassCount cls) {
        var counts = cls.byAffiliation();
        var hidden = Suppression.of(
                counts.stream().mapToLong(Boxes.AffiliationCount::count).toArray());
        return counts.stream()
                .map(one -> new Part(one.affiliation(), one.count(), one.count() > hidden))
                .toList();
    }

    /// Whether the number of some class may be shown.
    public boolean isShown() {
        return isPublished() && classes.stream().anyMatch(one -> isShown(one.count()));
    }

    /// Whether it may be told how many withdrew from a class: nobody, or not so few that they could be pointed at.
    public static boolean isWithdrawnShown(Boxes.ClassCount cls) {
        return cls.withdrawals() == 0 || isShown(cls.withdrawals());
    }

    /// The record's length, or null where some number of a class may not be shown: the length less the other
    /// numbers would tell it, and so would the checkpoint, which names it. Then it stands only in the mark that a
    /// recount compares with the log.
    public @Nullable Long disclosedSize() {
        var tellsNothing = classes.stream().allMatch(one -> isShown(one.count()) && isWithdrawnShown(one));
        return isPublished() && tellsNothing ? size : null;
    }

    /// When its newest group was published, or null before the first.
    public @Nullable Instant newest() {
        return batches.stream()
                .map(Boxes.Batch::publishedAt)
                .max(Instant::compareTo)
                .orElse(null);
    }

    /// Whether anything but the manifest's leaf is published.
    public boolean isPublished() {
        return size > 1;
    }

    public static boolean isShown(long count) {
        return count >= SMALLEST_SHOWN;
    }
}
