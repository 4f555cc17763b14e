package org.undersigned.record.recount;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileSource;

/// Reads the tiles of one log of a [Site]. A server may delete a partial tile after the tile is full
/// (c2sp.org/tlog-tiles, "Partial tiles"): in that case the beginning of the full tile is used.
public final class SiteTiles implements TileSource {
    private static final int FULL = 256;
    private static final int HASH = 32;
    private static final int ENTRIES = -1;

    private final Site site;
    private final String folder;

    /// @param folder the log's path, ending in `/`
    public SiteTiles(Site site, String folder) {
        this.site = site;
        this.folder = folder;
    }

    /// Returns a hash tile's 32 × width bytes, or a bundle of width entries.
    ///
    /// @throws NoSuchFileException if the log does not serve it
    /// @throws IllegalArgumentException if a hash tile has another length
    @Override
    public byte[] read(Tile tile) throws IOException {
        if (tile.level() == ENTRIES) return EntryBundle.encode(entries(tile));
        byte[] bytes;
        try {
            bytes = site.read(folder + tile.path());
        } catch (NoSuchFileException e) {
            if (tile.width() == FULL) throw e;
            bytes = site.read(folder + full(tile).path());
            if (bytes.length == FULL * HASH) bytes = Arrays.copyOf(bytes, tile.width() * HASH);
        }
        if (bytes.length != tile.width() * HASH) {
            throw new IllegalArgumentException(tile.path() + " has " + bytes.length + " bytes");
        }
        return bytes;
    }

    /// Returns the entries of a bundle, exactly `width` of them.
    ///
    /// @throws NoSuchFileException if the log does not serve it
    /// @throws IllegalArgumentException if it is malformed
    List<byte[]> entries(Tile tile) throws IOException {
        try {
            return EntryBundle.parse(site.read(folder + tile.path()), tile.width());
        } catch (NoSuchFileException e) {
            if (tile.width() == FULL) throw e;
            return EntryBundle.parse(site.read(folder + full(tile).path()), FULL)
                    .subList(0, tile.width());
        }
    }

    private static Tile full(Tile tile) {
        return new Tile(tile.level(), tile.index(), FULL);
    }
}
