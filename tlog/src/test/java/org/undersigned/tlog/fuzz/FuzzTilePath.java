package org.undersigned.tlog.fuzz;

import org.undersigned.tlog.Tile;

/// Jazzer target: paths of tiles.
public final class FuzzTilePath {
    private FuzzTilePath() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Canonical.checkText(data, Tile::parsePath, Tile::path);
    }
}
