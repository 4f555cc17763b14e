package org.undersigned.record;

import java.time.Instant;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;

/// The server's word that a leaf will be in a box's log by a time (PROTOCOL §5); signed, it is a C2SP note under
/// the key name [#keyName], and if the leaf is missing then, the note is the proof.
/// ```
/// <host>/box/<box>
/// <base64 leaf hash>
/// <publish by, unix seconds>
/// ```
///
/// @param publishBy whole seconds, not before 1970
public record Promise(String origin, Hash leafHash, Instant publishBy) {

    /// @throws IllegalArgumentException if the origin has a line break or no host, or the time a fraction
    public Promise {
        if (origin.indexOf('\n') >= 0 || origin.indexOf("/box/") < 1) {
            throw new IllegalArgumentException("promise origin is not <host>/box/<box>");
        }
        if (publishBy.getNano() != 0 || publishBy.getEpochSecond() < 0) {
            throw new IllegalArgumentException("promise time is not whole seconds since 1970");
        }
    }

    /// The name of the key that signs promises for this origin: `<host>/promise`.
    public String keyName() {
        return origin.substring(0, origin.indexOf("/box/")) + "/promise";
    }

    /// The note's text: three lines, each ended.
    public String text() {
        return origin + "\n" + leafHash.base64() + "\n" + publishBy.getEpochSecond() + "\n";
    }

    /// Reads a promise from its note. **The caller verifies the note's signature**: this reads only what it says.
    ///
    /// @throws IllegalArgumentException if the text is not exactly what [#text] gives
    public static Promise parse(Note note) {
        String text = note.text();
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) throw new IllegalArgumentException("a promise has three lines");
        if (!lines[2].matches("[0-9]{1,12}")) throw new IllegalArgumentException("promise time is not unix seconds");
        var promise = new Promise(
                lines[0],
                Hash.of(Fields.base64(lines[1], "promise leaf hash")),
                Instant.ofEpochSecond(Long.parseLong(lines[2])));
        if (!promise.text().equals(text)) throw new IllegalArgumentException("promise is not in its one form");
        return promise;
    }
}
