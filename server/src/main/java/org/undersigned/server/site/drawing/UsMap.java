package org.undersigned.server.site.drawing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Campuses on a map of the United States. Marks that are too close to be touched one by one are drawn as one mark
/// with their number. It links to the list beside the map, which has every campus, on the map or not.
///
/// @param marks  the marks of the whole map
/// @param each   one mark for each campus, by id, for a closer view
/// @param offMap number of campuses that are not on the map
public record UsMap(List<Mark> marks, Map<String, Mark> each, int offMap) {
    private static final JsonNode OUTLINE = outlineFile();

    /// Two marks closer than this are drawn as one: 24 pixels on a phone 390 pixels wide.
    private static final double NEAR = 60;

    /// @param href     its page
    /// @param filled  true for a full mark, false for a ring
    public record Place(
            String id,
            String name,
            String place,
            String href,
            @Nullable Double latitude,
            @Nullable Double longitude,
            boolean filled) {}

    /// @param href    of the one campus, or of the list
    /// @param label   its name and place, or how many campuses there are and their names
    /// @param filled  how many of them have a full mark
    public record Mark(double x, double y, int campuses, String href, String label, int filled) {
        public boolean isFull() {
            return filled == campuses;
        }

        /// True if some campuses are full and others are not.
        public boolean isMixed() {
            return filled > 0 && !isFull();
        }

        /// The x coordinate as an attribute.
        public String left() {
            return String.format(Locale.ROOT, "%.2f", x);
        }

        public String top() {
            return String.format(Locale.ROOT, "%.2f", y);
        }
    }

    public static UsMap of(List<Place> places) {
        var clusters = new ArrayList<Cluster>();
        var each = new HashMap<String, Mark>();
        var offMap = 0;
        for (var place : places) {
            var spot = place.latitude() == null || place.longitude() == null
                    ? null
                    : AlbersUsa.at(place.latitude(), place.longitude());
            if (spot == null) {
                offMap++;
            } else {
                join(clusters, place, spot);
                var alone = new Cluster();
                alone.add(place, spot);
                each.put(place.id(), alone.mark());
            }
        }
        return new UsMap(clusters.stream().map(Cluster::mark).toList(), each, offMap);
    }

    private static void join(List<Cluster> clusters, Place place, AlbersUsa.Spot spot) {
        for (var cluster : clusters) {
            if (Math.hypot(cluster.x - spot.x(), cluster.y - spot.y()) < NEAR) {
                cluster.add(place, spot);
                return;
            }
        }
        var cluster = new Cluster();
        cluster.add(place, spot);
        clusters.add(cluster);
    }

    private static final class Cluster {
        private final List<Place> places = new ArrayList<>();
        private double x;
        private double y;

        /// Adds a place and moves the cluster to the mean position.
        void add(Place place, AlbersUsa.Spot spot) {
            var n = places.size();
            x = (x * n + spot.x()) / (n + 1);
            y = (y * n + spot.y()) / (n + 1);
            places.add(place);
        }

        Mark mark() {
            var first = places.getFirst();
            var alone = places.size() == 1;
            var label = alone
                    ? first.name() + ", " + first.place()
                    : places.size() + ": "
                            + String.join("; ", places.stream().map(Place::name).toList());
            return new Mark(x, y, places.size(), alone ? first.href() : "#" + first.id(), label, (int)
                    places.stream().filter(Place::filled).count());
        }
    }

    /// True if a mark stands for both full and other campuses.
    public boolean isMixed() {
        return marks.stream().anyMatch(Mark::isMixed);
    }

    /// The coasts, as SVG path data.
    public String nation() {
        return OUTLINE.get("nation").stringValue();
    }

    /// The borders between states, as SVG path data.
    public String borders() {
        return OUTLINE.get("borders").stringValue();
    }

    private static JsonNode outlineFile() {
        try (var in = UsMap.class.getResourceAsStream("/web/us.json")) {
            if (in == null) throw new IllegalStateException("the map's outline is missing");
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
