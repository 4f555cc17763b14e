package org.undersigned.server.site.drawing;

import org.jspecify.annotations.Nullable;

/// The usual map of the United States: Albers' equal-area conic projection of the lower 48 (Snyder, Map
/// Projections, USGS 1395, §14), with Alaska at 0.35 of its size and Hawaii below them, as d3-geo's geoAlbersUsa
/// places them in a space of 975 by 610 (scale 1300). Other places are off this map.
final class AlbersUsa {
    private static final double SCALE = 1300;
    private static final double CENTER_X = 487.5;
    private static final double CENTER_Y = 305;

    private static final Conic LOWER_48 = new Conic(29.5, 45.5, 96, -0.6, 38.7, SCALE, CENTER_X, CENTER_Y);
    private static final Conic ALASKA =
            new Conic(55, 65, 154, -2, 58.5, 0.35 * SCALE, CENTER_X - 0.307 * SCALE, CENTER_Y + 0.201 * SCALE);
    private static final Conic HAWAII =
            new Conic(8, 18, 157, -3, 19.9, SCALE, CENTER_X - 0.205 * SCALE, CENTER_Y + 0.212 * SCALE);

    private AlbersUsa() {}

    /// A place on the map: x to the right, y down.
    record Spot(double x, double y) {}

    /// @return null for a place that is not on the map
    static @Nullable Spot at(double latitude, double longitude) {
        if (latitude > 51 && (longitude < -129 || longitude > 170)) return ALASKA.project(latitude, longitude);
        if (latitude > 18 && latitude < 23 && longitude < -154 && longitude > -161) {
            return HAWAII.project(latitude, longitude);
        }
        var onIt = latitude > 24 && latitude < 50 && longitude > -125.5 && longitude < -66;
        return onIt ? LOWER_48.project(latitude, longitude) : null;
    }

    private static final class Conic {
        private final double n;
        private final double c;
        private final double r0;
        private final double rotation;
        private final double centerX;
        private final double centerY;
        private final double scale;
        private final double x0;
        private final double y0;

        /// @param rotation degrees that are added to a longitude before the projection
        Conic(
                double parallel1,
                double parallel2,
                double rotation,
                double centerLongitude,
                double centerLatitude,
                double scale,
                double x,
                double y) {
            var sin1 = Math.sin(Math.toRadians(parallel1));
            n = (sin1 + Math.sin(Math.toRadians(parallel2))) / 2;
            c = 1 + sin1 * (2 * n - sin1);
            r0 = Math.sqrt(c) / n;
            this.rotation = rotation;
            this.scale = scale;
            this.x0 = x;
            this.y0 = y;
            var center = raw(Math.toRadians(centerLongitude), Math.toRadians(centerLatitude));
            centerX = center.x();
            centerY = center.y();
        }

        private Spot raw(double longitude, double latitude) {
            var r = Math.sqrt(c - 2 * n * Math.sin(latitude)) / n;
            return new Spot(r * Math.sin(n * longitude), r0 - r * Math.cos(n * longitude));
        }

        Spot project(double latitude, double longitude) {
            var turned = longitude + rotation;
            if (turned < -180) turned += 360;
            if (turned > 180) turned -= 360;
            var raw = raw(Math.toRadians(turned), Math.toRadians(latitude));
            return new Spot(x0 + scale * (raw.x() - centerX), y0 - scale * (raw.y() - centerY));
        }
    }
}
