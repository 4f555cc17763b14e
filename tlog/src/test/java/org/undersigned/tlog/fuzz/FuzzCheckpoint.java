package org.undersigned.tlog.fuzz;

import org.undersigned.tlog.Checkpoint;

/// Jazzer target: texts of checkpoints.
public final class FuzzCheckpoint {
    private FuzzCheckpoint() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Canonical.checkText(data, Checkpoint::parse, Checkpoint::text);
    }
}
