package org.undersigned.tlog.fuzz;

import java.util.Arrays;
import org.undersigned.tlog.EntryBundle;

/// Jazzer target: a width, then a bundle of that many entries.
public final class FuzzEntryBundle {
    private FuzzEntryBundle() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) return;
        var width = 1 + (data[0] & 0xff); // the remaining bytes are the bundle
        var bundle = Arrays.copyOfRange(data, 1, data.length);
        Canonical.check(bundle, bytes -> EntryBundle.parse(bytes, width), EntryBundle::encode);
    }
}
