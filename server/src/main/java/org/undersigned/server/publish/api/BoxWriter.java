package org.undersigned.server.publish.api;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.DisclosedClass;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.drawing.StepChart;

/// Writes the counts of a box and the links that a recount needs.
record BoxWriter(ApiUrls urls, Snapshot shown) {
    /// Returns the boxes that currently count for a page, sorted by id. A client that reads page by page therefore
    /// finds the next box even if the last one no longer counts.
    List<ListItem> items() {
        return shown.counted().keySet().stream()
                .flatMap(path -> shown.box(path).stream())
                .map(box -> new ListItem(box.manifest().box().value(), () -> box(box)))
                .sorted(Comparator.comparing(ListItem::id))
                .toList();
    }

    private JsonFields box(Boxes.Published published) {
        var manifest = published.manifest();
        var subject = manifest.subject();
        var counted = Objects.requireNonNull(shown.counted(subject.path()));
        return new JsonFields()
                .put("id", manifest.box().value())
                .put("url", urls.page(subject.path() + "/record"))
                .put("kind", subject.kind())
                .put("path", subject.path())
                .put("text_sha256", subject.textSha256().hex())
                .put("campaign", manifest.campaign())
                .put("campus", manifest.campus().equals("*") ? null : manifest.campus())
                .putText("opens", manifest.opens())
                .putText("closes", manifest.closes())
                .put("open", counted.open())
                .put("size", counted.disclosedSize())
                .list("classes", counted.disclosed(), BoxWriter::count)
                .list(
                        "growth",
                        counted.disclosed(),
                        (one, to) ->
                                to.put("name", one.name()).list("points", counted.growth(one.name()), BoxWriter::point))
                .put("checkpoint", counted.disclosedSize() != null ? published.note() : null)
                .put("links", links(published));
    }

    private JsonFields links(Boxes.Published published) {
        var box = published.manifest().box().value();
        var path = published.manifest().subject().path();
        return new JsonFields()
                .put("self", urls.box(box))
                .put("page", urls.page(path))
                .put("text", urls.page(published.manifest().subject().textPath()))
                .put("log", urls.page("/log/box/" + box + "/"))
                .put("checkpoint", urls.page("/log/box/" + box + "/checkpoint"));
    }

    /// Returns the fields of a box for the object that it counts for: a petition, an action or a letter drive.
    static JsonFields counts(BoxCounts counted) {
        return new JsonFields()
                .put("box", counted.box())
                .put("open", counted.open())
                .putText("closes", counted.closes())
                .put("size", counted.disclosedSize())
                .list("classes", counted.disclosed(), BoxWriter::count);
    }

    private static void count(DisclosedClass one, JsonFields to) {
        to.put("name", one.name()).put("count", one.count());
        if (one.count() == null) to.put("fewer_than", BoxCounts.SMALLEST_SHOWN);
        to.list(
                "affiliations",
                one.affiliations(),
                (said, part) -> part.put("name", said.name()).put("count", said.count()));
    }

    private static void point(StepChart.Point point, JsonFields to) {
        to.putText("at", point.at()).put("count", point.number());
    }
}
