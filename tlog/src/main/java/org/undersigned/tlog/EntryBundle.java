package org.undersigned.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Encodes and parses up to 256 entries, each preceded by its length as u16 (c2sp.org/tlog-tiles).
public final class EntryBundle {
    /// Maximum bytes of an entry.
    public static final int MAX_ENTRY = 65_535;

    private EntryBundle() {}

    /// Encodes a bundle.
    ///
    /// @param entries at most 256, each of at most 65,535 bytes
    /// @return at most 16 MiB
    /// @throws IllegalArgumentException if there are more than 256 entries or one is longer than 65,535 bytes
    public static byte[] encode(List<byte[]> entries) {
        if (entries.size() > Tile.FULL) throw new IllegalArgumentException("a bundle must have at most 256 entries");
        var out = new ByteArrayOutputStream();
        for (var entry : entries) {
            requireFits(entry);
            append(out, entry);
        }
        return out.toByteArray();
    }

    static void requireFits(byte[] entry) {
        if (entry.length > MAX_ENTRY) throw new IllegalArgumentException("an entry must have at most 65,535 bytes");
    }

    static void append(ByteArrayOutputStream out, byte[] entry) {
        out.write(entry.length >> 8);
        out.write(entry.length);
        out.writeBytes(entry);
    }

    /// Parses a bundle.
    ///
    /// @param bundle as [#encode] writes it
    /// @param width number of entries: 256, or the width of a partial tile; 0 for an empty bundle
    /// @return the entries, copied
    /// @throws IllegalArgumentException if `bundle` does not contain exactly `width` entries, or `width` is not
    ///     between 0 and 256
    public static List<byte[]> parse(byte[] bundle, int width) {
        if (width < 0 || width > Tile.FULL) throw new IllegalArgumentException("the width must be 0 to 256");
        var entries = new ArrayList<byte[]>(width);
        var at = 0;
        for (var i = 0; i < width; i++) {
            if (at + 2 > bundle.length) throw new IllegalArgumentException("the bundle ends before entry " + i);
            var end = at + 2 + (((bundle[at] & 0xff) << 8) | (bundle[at + 1] & 0xff));
            if (end > bundle.length) throw new IllegalArgumentException("the bundle ends inside entry " + i);
            entries.add(Arrays.copyOfRange(bundle, at + 2, end));
            at = end;
        }
        if (at != bundle.length) throw new IllegalArgumentException("the bundle has bytes after the last entry");
        return entries;
    }
}
