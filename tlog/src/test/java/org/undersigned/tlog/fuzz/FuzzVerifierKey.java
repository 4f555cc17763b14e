package org.undersigned.tlog.fuzz;

import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.NoteVerifier;

/// Jazzer target: verifier keys of both types.
public final class FuzzVerifierKey {
    private FuzzVerifierKey() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Canonical.checkText(data, NoteVerifier::parse, NoteVerifier::vkey);
        Canonical.checkText(data, CosignatureVerifier::parse, CosignatureVerifier::vkey);
    }
}
