package org.undersigned.tlog.fuzz;

import java.nio.charset.StandardCharsets;
import org.undersigned.tlog.LogProof;

/// Jazzer target: proofs in the format of c2sp.org/tlog-proof.
public final class FuzzLogProof {
    private FuzzLogProof() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Canonical.check(data, LogProof::parse, proof -> proof.text().getBytes(StandardCharsets.UTF_8));
    }
}
