package org.undersigned.server.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Manifest;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.box.PublicStatement;
import org.undersigned.server.site.drawing.StepChart;

/// What a page may show of a box: the counts of one published checkpoint, its batches, and when it accepts
/// signatures.
///
/// @param statements      a few of the statements that are shown
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
        List<PublicStatement> statements) {
    /// The smallest count that is shown: a smaller count could identify a person.
    public static final long SMALLEST_SHOWN = 10;

    /// @param hasCards true if cards were made for the box's campus. Before, the class of those who drew with
    ///     a card is left out: nobody can be in it, and a public fact decides, not whether somebody signed
    static BoxCounts of(Boxes.Published published, Instant now, boolean hasCards) {
        var manifest = published.manifest();
        return new BoxCounts(
                manifest.box().value(),
                published.size(),
                manifest.isOpenAt(now),
                manifest.closes(),
                published.counts().stream()
                        .filter(one ->
                                hasCards || isShown(one.count()) || !one.name().equals(Manifest.IN_PERSON))
                        .toList(),
                manifest.affiliations(),
                published.batches(),
                published.statements());
    }

    /// The counts of each class that may be shown.
    public List<DisclosedClass> disclosed() {
        return classes.stream().map(one -> DisclosedClass.of(this, one)).toList();
    }

    /// The growth of a class, from the point where its count may be shown, in steps that may be shown: a smaller
    /// step, as when the promise to a few signers runs out, could also identify a person. Empty while there are
    /// fewer than two points.
    public List<StepChart.Point> growth(String cls) {
        var points = batches.stream()
                .filter(batch -> batch.cls().equals(cls) && isShown(batch.standing()))
                .map(batch -> new StepChart.Point(batch.publishedAt(), batch.standing()))
                .toList();
        var told = new ArrayList<StepChart.Point>();
        for (var point : points) if (told.isEmpty() || isStep(told.getLast(), point)) told.add(point);
        if (told.isEmpty()) return List.of();
        var newest = points.getLast(); // the page shows it beside the chart anyway
        while (!told.isEmpty() && !isStep(told.getLast(), newest)) told.removeLast();
        told.add(newest);
        return told.size() < 2 ? List.of() : List.copyOf(told);
    }

    private static boolean isStep(StepChart.Point from, StepChart.Point to) {
        return isShown(Math.abs(to.number() - from.number()));
    }

    /// The count of one declared affiliation.
    ///
    /// @param affiliation 0 is "not said", else 1 + the index in [#affiliations]
    /// @param count       0 if it may not be shown
    /// @param shown       true if the count may be shown
    public record Part(int affiliation, long count, boolean shown) {}

    /// The parts of a class by declared affiliation. If one count is small, no count is shown, since the count of
    /// the class minus the others would reveal it. Then all affiliations of the manifest are listed, declared or
    /// not, so that the list does not reveal how many counts there are. A reader then knows only the sum, and no
    /// small number occurs in every set of numbers with that sum.
    public List<Part> parts(Boxes.ClassCount cls) {
        var counts = cls.byAffiliation();
        if (counts.stream().allMatch(one -> isShown(one.count()))) {
            return counts.stream()
                    .map(one -> new Part(one.affiliation(), one.count(), true))
                    .toList();
        }
        return IntStream.rangeClosed(0, affiliations.size())
                .mapToObj(affiliation -> new Part(affiliation, 0, false))
                .toList();
    }

    /// True if the count of at least one class may be shown.
    public boolean isShown() {
        return isPublished() && classes.stream().anyMatch(one -> isShown(one.count()));
    }

    /// True if the number of withdrawals from a class may be shown: zero, or enough that it identifies nobody.
    public static boolean isWithdrawnShown(Boxes.ClassCount cls) {
        return cls.withdrawals() == 0 || isShown(cls.withdrawals());
    }

    /// The number of leaves in the box's log, or null if the count or the withdrawals of some class may not be
    /// shown: the length minus the other numbers would reveal that number, and so would the checkpoint, which
    /// contains the length. The length is then only in the mark that a recount compares with the log.
    public @Nullable Long disclosedSize() {
        var tellsNothing = classes.stream().allMatch(one -> isShown(one.count()) && isWithdrawnShown(one));
        return isPublished() && tellsNothing ? size : null;
    }

    /// The time of the newest batch, or null before the first.
    public @Nullable Instant newest() {
        return batches.stream()
                .map(Boxes.Batch::publishedAt)
                .max(Instant::compareTo)
                .orElse(null);
    }

    /// True if any leaf except the manifest's is published.
    public boolean isPublished() {
        return size > 1;
    }

    public static boolean isShown(long count) {
        return count >= SMALLEST_SHOWN;
    }
}
