package org.undersigned.tlog.http;

import java.io.IOException;

/// Jazzer target: gzip data from a server. It is unpacked up to the maximum length of a tile, or throws
/// IOException.
public final class FuzzPackedTile {
    private static final int MOST = 4_096;

    private FuzzPackedTile() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            if (HttpLog.unpack(data, MOST).length > MOST + 1) throw new AssertionError("more than was asked for");
        } catch (IOException e) {
            // throwing is correct
        }
    }
}
