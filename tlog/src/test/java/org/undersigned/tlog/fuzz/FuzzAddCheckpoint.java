package org.undersigned.tlog.fuzz;

import java.nio.charset.StandardCharsets;
import org.undersigned.tlog.witness.AddCheckpoint;

/// Jazzer target: requests to witnesses.
public final class FuzzAddCheckpoint {
    private FuzzAddCheckpoint() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Canonical.check(data, AddCheckpoint::parse, request -> request.text().getBytes(StandardCharsets.UTF_8));
    }
}
