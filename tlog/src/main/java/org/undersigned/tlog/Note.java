package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signed note (c2sp.org/signed-note): a text, an empty line, one line for each signature.
/// ```
/// example.org/log
/// 42
/// <base64 root>
///
/// — example.org/log <base64 of u32 key id ‖ signature>
/// ```
///
/// @param text ends with a newline, up to 1 MiB, no control characters but newlines
/// @param signatures at least 1, at most 100
public record Note(String text, List<NoteSignature> signatures) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_SIGNATURES = 100;
    private static final String DASH = "\u2014 ";

    /// One signature line.
    ///
    /// @param name  of the key: no spaces, no plus sign
    /// @param keyId the first four bytes of the key's hash
    public record NoteSignature(String name, int keyId, byte[] signature) {
        /// @throws IllegalArgumentException if the name is not a key name or the signature is empty
        public NoteSignature {
            requireName(name);
            if (signature.length == 0) throw new IllegalArgumentException("a signature is empty");
            signature = signature.clone();
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NoteSignature that && line().equals(that.line());
        }

        @Override
        public int hashCode() {
            return line().hashCode();
        }

        @Override
        public String toString() {
            return line();
        }

        String line() {
            var blob = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature);
            return DASH + name + " " + Base64.getEncoder().encodeToString(blob.array()) + "\n";
        }
    }

    /// @throws IllegalArgumentException if the text could not be read back
    public Note {
        requireText(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    /// Reads a note; a key nobody knows is kept, a malformed line is refused.
    ///
    /// @throws IllegalArgumentException saying what is not as specified
    public static Note parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) throw new IllegalArgumentException("a note has at most 1 MiB");
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a note is UTF-8");
        }
    }

    /// As [#parse(byte[])].
    public static Note parse(String note) {
        if (note.length() > MAX_BYTES) throw new IllegalArgumentException("a note has at most 1 MiB");
        var end = note.lastIndexOf("\n\n");
        if (end < 0) throw new IllegalArgumentException("a note has an empty line before its signatures");
        if (!note.endsWith("\n")) throw new IllegalArgumentException("a note ends with a newline");
        var lines = note.substring(end + 2);
        var signatures = new ArrayList<NoteSignature>();
        for (var from = 0; from < lines.length(); ) {
            var newline = lines.indexOf('\n', from);
            if (signatures.size() == MAX_SIGNATURES) throw new IllegalArgumentException("too many signatures");
            signatures.add(signature(lines.substring(from, newline)));
            from = newline + 1;
        }
        return new Note(note.substring(0, end + 1), signatures);
    }

    private static NoteSignature signature(String line) {
        var space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length()) {
            throw new IllegalArgumentException("a signature line is \"\u2014 name base64\"");
        }
        var base64 = line.substring(space + 1);
        var blob = Base64.getDecoder().decode(base64);
        if (blob.length < 5 || !Base64.getEncoder().encodeToString(blob).equals(base64)) {
            throw new IllegalArgumentException("a signature is canonical base64 of more than 4 bytes");
        }
        var buffer = ByteBuffer.wrap(blob);
        var keyId = buffer.getInt();
        var signature = new byte[buffer.remaining()];
        buffer.get(signature);
        return new NoteSignature(line.substring(DASH.length(), space), keyId, signature);
    }

    static void requireText(String text) {
        if (!text.endsWith("\n")) throw new IllegalArgumentException("a note's text ends with a newline");
        if (text.length() > MAX_BYTES) throw new IllegalArgumentException("a note has at most 1 MiB");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) throw new IllegalArgumentException("a note is UTF-8");
        if (text.chars().anyMatch(c -> c < 0x20 && c != '\n' || c == 0x7f)) {
            throw new IllegalArgumentException("a note has no control characters but newlines");
        }
    }

    static void requireName(String name) {
        if (name.isEmpty() || name.length() > 255)
            throw new IllegalArgumentException("a key name has 1 to 255 characters");
        if (name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '+' || c < 0x21)) {
            throw new IllegalArgumentException("a key name has no spaces and no plus sign");
        }
    }

    /// The note as sent.
    @Override
    public String toString() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
