package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A proof that a log contains an entry, verifiable without access to the log (c2sp.org/tlog-proof, v1):
/// ```
/// c2sp.org/tlog-proof@v1
/// extra <base64, only if there is extra data>
/// index <decimal>
/// <base64 hash, from the leaf's sibling upwards; none in a tree of one leaf>
///
/// <the checkpoint, a signed note>
/// ```
///
/// @param extra data of the application, not authenticated; empty for none
/// @param index of the entry, from 0
/// @param path the inclusion proof, at most 63 hashes
/// @param checkpoint of a tree that contains the entry, with all available cosignatures
public record LogProof(byte[] extra, long index, List<Hash> path, Note checkpoint) {
    private static final String FIRST = "c2sp.org/tlog-proof@v1\n";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_PATH = 63;
    private static final int MAX_BYTES = 2 * Note.MAX_BYTES;

    /// Checks that the proof can be written and parsed again; does not verify it.
    ///
    /// @throws IllegalArgumentException if the note is not a checkpoint, its tree has no such leaf, or the path or
    ///     the extra data is too long to parse
    public LogProof {
        extra = extra.clone();
        path = List.copyOf(path);
        if (path.size() > MAX_PATH)
            throw new IllegalArgumentException("an inclusion proof must have at most 63 hashes");
        if (extra.length > MAX_BYTES / 4) throw new IllegalArgumentException("extra data must have at most 512 KiB");
        var size = Checkpoint.parse(checkpoint.text()).size();
        if (index < 0 || index >= size)
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size);
    }

    /// Parses a proof.
    ///
    /// @param bytes UTF-8, at most 2 MiB
    /// @return the proof
    /// @throws IllegalArgumentException if it is not exactly the form that [#text] writes
    public static LogProof parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) throw new IllegalArgumentException("a proof must have at most 2 MiB");
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return parse(decoder.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a proof must be UTF-8");
        }
    }

    /// Like [#parse(byte[])], for text.
    ///
    /// @param text at most 2 MiB
    /// @return the proof
    /// @throws IllegalArgumentException if it is not exactly the form that [#text] writes
    public static LogProof parse(String text) {
        if (text.length() > MAX_BYTES) throw new IllegalArgumentException("a proof must have at most 2 MiB");
        var end = text.indexOf("\n\n");
        if (!text.startsWith(FIRST) || end < FIRST.length()) {
            throw new IllegalArgumentException("a proof must start with " + FIRST.strip());
        }
        var lines = new ArrayList<>(List.of(text.substring(FIRST.length(), end).split("\n", -1)));
        var extra = new byte[0];
        if (lines.getFirst().startsWith(EXTRA)) {
            extra = Base64.getDecoder().decode(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || lines.size() > MAX_PATH + 1 || !lines.getFirst().startsWith(INDEX)) {
            throw new IllegalArgumentException("a proof must have an index and at most 63 hashes");
        }
        var index = Decimal.parse(lines.removeFirst().substring(INDEX.length()));
        var path = lines.stream().map(Hash::ofBase64).toList();
        var proof = new LogProof(extra, index, path, Note.parse(text.substring(end + 2)));
        if (!proof.text().equals(text)) throw new IllegalArgumentException("the proof is not in canonical form");
        return proof;
    }

    /// The content of a `.tlog-proof` file.
    ///
    /// @return at most 2 MiB, UTF-8
    public String text() {
        var text = new StringBuilder(FIRST);
        if (extra.length > 0) {
            text.append(EXTRA).append(Base64.getEncoder().encodeToString(extra)).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /// The same proof with the application's extra data.
    ///
    /// @param extra at most 512 KiB, copied
    /// @return the proof
    /// @throws IllegalArgumentException if `extra` is longer than 512 KiB
    public LogProof withExtra(byte[] extra) {
        return new LogProof(extra, index, path, checkpoint);
    }

    /// True if this proves that an entry is in a tree that `policy` accepts. Ignores the extra data.
    ///
    /// @param leaf the entry's hash, [Merkle#leaf]
    /// @param policy the signatures to require
    /// @return true if proven; false otherwise, never an exception
    public boolean verify(Hash leaf, LogPolicy policy) {
        try {
            var tree = policy.check(checkpoint);
            return Proofs.verifyInclusion(leaf, index, tree.size(), path, tree.root());
        } catch (UnprovenException e) {
            return false;
        }
    }

    /// The extra data of the application.
    ///
    /// @return a copy; empty for none
    @Override
    public byte[] extra() {
        return extra.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogProof that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
