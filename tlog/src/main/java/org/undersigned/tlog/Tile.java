package org.undersigned.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Identifies one tile of a log (c2sp.org/tlog-tiles): `tile/<L>/<N>[.p/<W>]`, or `tile/entries/<N>[.p/<W>]`.
///
/// @param level 0 to 7 for hashes (each covers 256 hashes of the level below), -1 for entries; levels 8 to 63 of
///     the specification need more leaves than a `long` can count
/// @param index from 0, at most 18 digits
/// @param width number of hashes or entries: 256, or 1 to 255 for a partial tile
public record Tile(int level, long index, int width) {
    /// Number of hashes or entries in a full tile.
    public static final int FULL = 256;

    /// The level of entry bundles.
    public static final int ENTRIES = -1;

    static final int MAX_LEVEL = 7;
    private static final Pattern PATH =
            Pattern.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if a number is out of range
    public Tile {
        if (level < ENTRIES || level > MAX_LEVEL) throw new IllegalArgumentException("no tile level " + level);
        Decimal.requireFits(index, "a tile's index");
        if (width < 1 || width > FULL) throw new IllegalArgumentException("no tile width " + width);
    }

    /// Parses a path.
    ///
    /// @param path as [#path] writes it
    /// @return the tile
    /// @throws IllegalArgumentException if it is not exactly the form that [#path] writes
    public static Tile parsePath(String path) {
        var match = PATH.matcher(path);
        if (path.length() <= 64 && match.matches()) {
            var level = match.group(1).equals("entries") ? ENTRIES : Integer.parseInt(match.group(1));
            var index = Long.parseLong(match.group(2).replaceAll("[x/]", ""));
            var width = match.group(3) == null ? FULL : Integer.parseInt(match.group(3));
            if (width <= FULL) {
                var tile = new Tile(level, index, width);
                if (tile.path().equals(path)) return tile;
            }
        }
        throw new IllegalArgumentException("not the path of a tile");
    }

    /// The path relative to a log's prefix.
    ///
    /// @return `tile/0/x001/234.p/7`, for example
    public String path() {
        var digits = String.format(Locale.ROOT, "%03d", index % 1000);
        for (var rest = index / 1000; rest > 0; rest /= 1000) {
            digits = String.format(Locale.ROOT, "x%03d/", rest % 1000) + digits;
        }
        var kind = level == ENTRIES ? "entries" : Integer.toString(level);
        return "tile/" + kind + "/" + digits + (width == FULL ? "" : ".p/" + width);
    }

    /// The tile of `level` and `index` in a tree of `size` leaves; the caller makes sure that the tree has this
    /// tile.
    static Tile in(long size, int level, long index) {
        var hashes = size >> (8 * Math.max(level, 0));
        return new Tile(level, index, (int) Math.min(FULL, hashes - index * FULL));
    }

    /// The hash tiles and bundles to write when a tree grows from `oldSize` to `newSize`.
    ///
    /// @param oldSize in leaves
    /// @param newSize in leaves, at least `oldSize`
    /// @return bundles first, then hashes, lowest level first
    public static List<Tile> covering(long oldSize, long newSize) {
        var tiles = new ArrayList<Tile>();
        for (var level = ENTRIES; level <= MAX_LEVEL; level++) {
            var before = oldSize >> (8 * Math.max(level, 0));
            var after = newSize >> (8 * Math.max(level, 0));
            if (before == after) continue;
            for (var index = before / FULL; index * FULL < after; index++) tiles.add(in(newSize, level, index));
        }
        return tiles;
    }
}
