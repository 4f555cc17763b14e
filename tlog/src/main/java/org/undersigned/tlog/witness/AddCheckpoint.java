package org.undersigned.tlog.witness;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;

/// The body of an add-checkpoint request (c2sp.org/tlog-witness):
/// ```
/// old <size, decimal, no leading zeros>
/// <base64 hash of the consistency proof; up to 63 lines>
///
/// <the checkpoint, a signed note>
/// ```
///
/// @param oldSize leaves of the checkpoint that the witness cosigned last, according to the sender
/// @param proof that the new tree continues that one (RFC 6962 §2.1.2); empty if `oldSize` is 0 or the new size
/// @param checkpoint a signed note whose text is a checkpoint
public record AddCheckpoint(long oldSize, List<Hash> proof, Note checkpoint) {
    /// Maximum bytes of a request.
    public static final int MAX_BYTES = Note.MAX_BYTES + 4096;

    private static final int MAX_PROOF = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");

    /// Checks that the request can be written and parsed again.
    ///
    /// @throws IllegalArgumentException for a negative size or one of more than 18 digits, more than 63 hashes,
    ///     or a note that is not a checkpoint
    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (!OLD.matcher("old " + oldSize).matches())
            throw new IllegalArgumentException("a size must have 1 to 18 digits");
        if (proof.size() > MAX_PROOF) throw new IllegalArgumentException("a proof must have at most 63 hashes");
        Checkpoint.parse(checkpoint.text());
    }

    /// Parses a request body.
    ///
    /// @param body UTF-8, at most [#MAX_BYTES]
    /// @return the request
    /// @throws IllegalArgumentException if it is not exactly the form that [#text] writes
    public static AddCheckpoint parse(byte[] body) {
        if (body.length > MAX_BYTES) throw new IllegalArgumentException("a request must have at most 1 MiB");
        var text = utf8(body);
        var end = text.indexOf("\n\n");
        if (end < 0) throw new IllegalArgumentException("an empty line must precede the checkpoint");
        var lines = new ArrayList<>(List.of(text.substring(0, end).split("\n", -1)));
        var old = OLD.matcher(lines.removeFirst());
        if (!old.matches()) throw new IllegalArgumentException("the first line must be \"old <size>\"");
        if (lines.size() > MAX_PROOF) throw new IllegalArgumentException("a proof must have at most 63 hashes");
        var proof = lines.stream().map(Hash::ofBase64).toList();
        return new AddCheckpoint(Long.parseLong(old.group(1)), proof, Note.parse(text.substring(end + 2)));
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a request must be UTF-8");
        }
    }

    /// The request body.
    ///
    /// @return text to encode in UTF-8
    public String text() {
        var text = new StringBuilder("old ").append(oldSize).append('\n');
        proof.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
