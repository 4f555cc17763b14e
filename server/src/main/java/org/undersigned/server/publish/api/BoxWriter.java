package org.undersigned.server.publish.api;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.site.Counted;
import org.undersigned.server.site.ShownClass;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.drawing.StepChart;

/// Writes what a box has counted, and where that can be counted again.
record BoxWriter(Addresses at, Snapshot shown) {
    /// Those that count for a page now, by their ids: so whoever reads page by page finds the next one also when
    /// the last one counts no more.
    List<Item> items() {
        return shown.counted().keySet().stream()
                .flatMap(path -> shown.box(path).stream())
                .map(box -> new Item(box.manifest().box().value(), () -> box(box)))
                .sorted(Comparator.comparing(Item::id))
                .toList();
    }

    private Fields box(Boxes.Published published) {
        var manifest = published.manifest();
        var subject = manifest.subject();
        var counted = Objects.requireNonNull(shown.counted(subject.path()));
        return new Fields()
                .put("id", manifest.box().value())
                .put("url", at.page(subject.path() + "/record"))
                .put("kind", subject.kind())
                .put("path", subject.path())
                .put("text_sha256", subject.textSha256().hex())
                .put("campaign", manifest.campaign())
                .put("campus", manifest.campus().equals("*") ? null : manifest.campus())
                .said("opens", manifest.opens())
                .said("closes", manifest.closes())
                .put("open", counted.open())
                .put("size", counted.shownSize())
                .list("classes", counted.shown(), BoxWriter::count)
                .list(
                        "growth",
                        counted.shown(),
                        (one, to) ->
                                to.put("name", one.name()).list("points", counted.growth(one.name()), BoxWriter::point))
                .put("checkpoint", counted.shownSize() != null ? published.note() : null)
                .put("links", links(published));
    }

    private Fields links(Boxes.Published published) {
        var box = published.manifest().box().value();
        var path = published.manifest().subject().path();
        return new Fields()
                .put("self", at.box(box))
                .put("page", at.page(path))
                .put("text", at.page(path + "/text.json"))
                .put("log", at.page("/log/box/" + box + "/"))
                .put("checkpoint", at.page("/log/box/" + box + "/checkpoint"));
    }

    /// What is told of a box beside what it counts.
    static Fields counts(Counted counted) {
        return new Fields()
                .put("box", counted.box())
                .put("open", counted.open())
                .said("closes", counted.closes())
                .put("size", counted.shownSize())
                .list("classes", counted.shown(), BoxWriter::count);
    }

    private static void count(ShownClass one, Fields to) {
        to.put("name", one.name()).put("count", one.count());
        if (one.count() == null) to.put("fewer_than", Counted.SMALLEST_SHOWN);
        to.list(
                "affiliations",
                one.affiliations(),
                (said, part) -> part.put("name", said.name()).put("count", said.count()));
    }

    private static void point(StepChart.Point point, Fields to) {
        to.said("at", point.at()).put("count", point.number());
    }
}
