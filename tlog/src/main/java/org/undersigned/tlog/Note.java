package org.undersigned.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signed note (c2sp.org/signed-note): a text, an empty line, and one line per signature.
/// ```
/// example.org/log
/// 42
/// <base64 root>
///
/// — example.org/log <base64 of u32 key id ‖ signature>
/// ```
///
/// Signature types 0x01 ([NoteVerifier]), 0x04 and 0x06 ([CosignatureVerifier]) can be verified. Other types (0x02
/// ECDSA, 0x05 RFC 6962) are stored, written back, and ignored like signatures by unknown keys.
///
/// @param text ends with a newline and contains no other control characters below U+0020; with its signatures at
///     most 1 MiB in UTF-8
/// @param signatures 1 to 100, in order; several signatures by one key are allowed
public record Note(String text, List<NoteSignature> signatures) {
    /// Maximum bytes of a note in UTF-8, including signatures.
    public static final int MAX_BYTES = 1 << 20;

    /// Maximum signatures of a note; the specification requires support for at least 16.
    public static final int MAX_SIGNATURES = 100;

    private static final String DASH = "\u2014 ";

    /// One signature line.
    ///
    /// @param name of the key: not empty, no Unicode spaces, no plus sign
    /// @param keyId the first four bytes of the key's hash, big-endian
    /// @param signature at least one byte; copied
    public record NoteSignature(String name, int keyId, byte[] signature) {
        /// Checks the name and the length; does not verify the signature.
        ///
        /// @throws IllegalArgumentException if the name is not a key name or the signature is empty
        public NoteSignature {
            requireName(name);
            if (signature.length == 0) throw new IllegalArgumentException("a signature is empty");
            signature = signature.clone();
        }

        /// The signature bytes. Length by key type: 0x01 has 64 bytes; 0x04 has 8 bytes of time, then 64; 0x06
        /// has 8, then 2,420.
        ///
        /// @return at least one byte, a copy
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

        /// Parses signature lines, from the end of a note or from a witness's response.
        ///
        /// @param lines each ending in a newline, at most 100
        /// @return the signatures, in order
        /// @throws IllegalArgumentException if one is malformed, or there are more than 100
        public static List<NoteSignature> parseLines(String lines) {
            if (!lines.isEmpty() && !lines.endsWith("\n"))
                throw new IllegalArgumentException("the last signature line has no newline");
            var signatures = new ArrayList<NoteSignature>();
            for (var from = 0; from < lines.length(); ) {
                var newline = lines.indexOf('\n', from);
                if (signatures.size() == MAX_SIGNATURES) throw new IllegalArgumentException("too many signatures");
                signatures.add(parse(lines.substring(from, newline)));
                from = newline + 1;
            }
            return signatures;
        }

        private static NoteSignature parse(String line) {
            var space = line.lastIndexOf(' ');
            if (!line.startsWith(DASH) || space <= DASH.length()) {
                throw new IllegalArgumentException("a signature line must be \"\u2014 name base64\"");
            }
            var base64 = line.substring(space + 1);
            var blob = Base64.getDecoder().decode(base64);
            if (blob.length < 5 || !Base64.getEncoder().encodeToString(blob).equals(base64)) {
                throw new IllegalArgumentException("a signature must be canonical base64 of more than 4 bytes");
            }
            var buffer = ByteBuffer.wrap(blob);
            var keyId = buffer.getInt();
            var signature = new byte[buffer.remaining()];
            buffer.get(signature);
            return new NoteSignature(line.substring(DASH.length(), space), keyId, signature);
        }

        /// The signature as a line of a note.
        ///
        /// @return the line with its newline
        public String line() {
            var blob = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature);
            return DASH + name + " " + Base64.getEncoder().encodeToString(blob.array()) + "\n";
        }
    }

    /// Checks that the note can be written and parsed again; does not verify it.
    ///
    /// @throws IllegalArgumentException if the note cannot be parsed again
    public Note {
        requireText(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note must have 1 to " + MAX_SIGNATURES + " signatures");
        }
        var length = text.length();
        for (var signature : signatures) length += signature.signature.length;
        if (length > MAX_BYTES || encoded(text, signatures).length > MAX_BYTES) {
            throw new IllegalArgumentException("a note must have at most 1 MiB");
        }
    }

    /// Parses a note. Signatures by unknown keys are stored; a malformed line is an error.
    ///
    /// @param bytes UTF-8, at most 1 MiB
    /// @return the note
    /// @throws IllegalArgumentException if the note does not follow the specification; the message says how
    public static Note parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) throw new IllegalArgumentException("a note must have at most 1 MiB");
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a note must be UTF-8");
        }
    }

    /// Like [#parse(byte[])], for text.
    ///
    /// @param note at most 1 MiB in UTF-8
    /// @return the note
    /// @throws IllegalArgumentException if the note does not follow the specification; the message says how
    public static Note parse(String note) {
        if (note.length() > MAX_BYTES) throw new IllegalArgumentException("a note must have at most 1 MiB");
        var end = note.lastIndexOf("\n\n");
        if (end < 0) throw new IllegalArgumentException("a note must have an empty line before its signatures");
        return new Note(note.substring(0, end + 1), NoteSignature.parseLines(note.substring(end + 2)));
    }

    /// The same text with the signatures `more` after the existing ones, for example the cosignatures of witnesses.
    ///
    /// @param more in order
    /// @return the longer note
    /// @throws IllegalArgumentException if the new note exceeds a limit
    public Note with(List<NoteSignature> more) {
        var all = new ArrayList<>(signatures);
        all.addAll(more);
        return new Note(text, all);
    }

    static void requireText(String text) {
        if (!text.endsWith("\n")) throw new IllegalArgumentException("a note's text must end with a newline");
        requireUtf8(text);
        if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new IllegalArgumentException("a note must not contain control characters other than newlines");
        }
    }

    static void requireName(String name) {
        if (name.isEmpty()) throw new IllegalArgumentException("a key name must not be empty");
        requireUtf8(name);
        if (name.chars().anyMatch(c -> c < 0x21 || c == '+' || isSpace(c))) {
            throw new IllegalArgumentException("a key name must not contain spaces or plus signs");
        }
    }

    /// The White_Space property of the Unicode Character Database; all its characters are in the basic plane.
    private static boolean isSpace(int c) {
        return c == 0x85 || Character.isSpaceChar(c) || Character.isWhitespace(c);
    }

    /// A lone surrogate is not a character and has no UTF-8 form.
    private static void requireUtf8(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text))
            throw new IllegalArgumentException("a note must be UTF-8");
    }

    private static byte[] encoded(String text, List<NoteSignature> signatures) {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The encoded note.
    ///
    /// @return UTF-8, at most 1 MiB
    public byte[] bytes() {
        return encoded(text, signatures);
    }

    /// The note as text, in the form that is sent.
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
