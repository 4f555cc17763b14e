package org.undersigned.tlog.http;

import java.io.IOException;

/// Jazzer target: what a server may send as gzip is unpacked as far as a tile can be long, or an outage.
public final class FuzzPackedTile {
    private static final int MOST = 4_096;

    private FuzzPackedTile() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            if (HttpLog.unpack(data, MOST).length > MOST + 1) throw new AssertionError("more than was asked for");
        } catch (IOException e) {
            // an outage
        }
    }
}
