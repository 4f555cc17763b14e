package org.undersigned.record;

import java.time.Instant;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;

/// The server's promise to publish a leaf in a box's log by a given time (PROTOCOL §5). The server signs it as a
/// C2SP note under the key name [#keyName]. If the leaf is missing after that time, the signed note proves it.
/// ```
/// <host>/box/<box>
/// <base64 leaf hash>
/// <publish by, unix seconds>
/// ```
///
/// @param publishBy whole seconds, not before 1970
public record Promise(String origin, Hash leafHash, Instant publishBy) {

    /// @throws IllegalArgumentException if the origin contains a line break or no host, or the time a fraction of a
    ///     second
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

    /// The text of the note: three lines, each with a line feed at its end.
    public String text() {
        return origin + "\n" + leafHash.base64() + "\n" + publishBy.getEpochSecond() + "\n";
    }

    /// Parses a promise from its note. **The caller must verify the note's signature**; this method does not.
    ///
    /// @throws IllegalArgumentException if the text is not exactly what [#text] returns
    public static Promise parse(Note note) {
        String text = note.text();
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty())
            throw new IllegalArgumentException("a promise must have three lines");
        if (!lines[2].matches("[0-9]{1,12}")) throw new IllegalArgumentException("promise time is not unix seconds");
        var promise = new Promise(
                lines[0],
                Hash.of(Fields.base64(lines[1], "promise leaf hash")),
                Instant.ofEpochSecond(Long.parseLong(lines[2])));
        if (!promise.text().equals(text)) throw new IllegalArgumentException("promise is not in canonical form");
        return promise;
    }
}
