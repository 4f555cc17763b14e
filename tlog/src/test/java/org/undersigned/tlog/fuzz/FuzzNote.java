package org.undersigned.tlog.fuzz;

import org.undersigned.tlog.Note;

/// Jazzer target: signed notes.
public final class FuzzNote {
    private FuzzNote() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Canonical.check(data, Note::parse, Note::bytes);
    }
}
