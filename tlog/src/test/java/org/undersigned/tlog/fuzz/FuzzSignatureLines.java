package org.undersigned.tlog.fuzz;

import java.util.stream.Collectors;
import org.undersigned.tlog.Note.NoteSignature;

/// Jazzer target: signature lines, as in a witness's response.
public final class FuzzSignatureLines {
    private FuzzSignatureLines() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Canonical.checkText(
                data,
                NoteSignature::parseLines,
                lines -> lines.stream().map(NoteSignature::line).collect(Collectors.joining()));
    }
}
