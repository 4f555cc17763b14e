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
/// Signature types 0x01 ([NoteVerifier]), 0x04 and 0x06 ([CosignatureVerifier]) can be verified; any other (0x02
/// ECDSA, 0x05 RFC 6962) is kept, written back, and ignored as the signature of an unknown key.
///
/// @param text ends with a newline, no control characters below U+0020 but newlines; with its signatures and in
///     UTF-8 up to 1 MiB
/// @param signatures at least 1, at most 100, in their order; several by one key are not an error
public record Note(String text, List<NoteSignature> signatures) {
    /// Bytes a note may have, UTF-8, signatures included.
    public static final int MAX_BYTES = 1 << 20;

    /// Signatures a note may have; the specification wants at least 16 accepted.
    public static final int MAX_SIGNATURES = 100;

    private static final String DASH = "\u2014 ";

    /// One signature line.
    ///
    /// @param name of the key: not empty, no Unicode spaces, no plus sign
    /// @param keyId the first four bytes of the key's hash, big-endian
    /// @param signature at least one byte; copied
    public record NoteSignature(String name, int keyId, byte[] signature) {
        /// Checks the parts; verifies nothing.
        ///
        /// @throws IllegalArgumentException if the name is not a key name or the signature is empty
        public NoteSignature {
            requireName(name);
            if (signature.length == 0) throw new IllegalArgumentException("a signature is empty");
            signature = signature.clone();
        }

        /// What the key's type says it is: for 0x01 64 bytes, for 0x04 the 8 of a time and 64, for 0x06 8 and
        /// 2,420.
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

        /// Reads signature lines: what stands under a note, or what a witness answers.
        ///
        /// @param lines each ending in a newline, at most 100
        /// @return the signatures, in their order
        /// @throws IllegalArgumentException if one is malformed, or there are more than 100
        public static List<NoteSignature> parseLines(String lines) {
            if (!lines.isEmpty() && !lines.endsWith("\n")) throw new IllegalArgumentException("a line has no end");
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

        /// As it stands under a note.
        ///
        /// @return the line with its newline
        public String line() {
            var blob = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature);
            return DASH + name + " " + Base64.getEncoder().encodeToString(blob.array()) + "\n";
        }
    }

    /// Checks that the note can be written and read back; verifies nothing.
    ///
    /// @throws IllegalArgumentException if the text could not be read back
    public Note {
        requireText(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
        var length = text.length();
        for (var signature : signatures) length += signature.signature.length;
        if (length > MAX_BYTES || encoded(text, signatures).length > MAX_BYTES) {
            throw new IllegalArgumentException("a note has at most 1 MiB");
        }
    }

    /// Reads a note; a signature by a key nobody knows is kept, a malformed line is refused.
    ///
    /// @param bytes UTF-8, at most 1 MiB
    /// @return the note
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
    ///
    /// @param note at most 1 MiB in UTF-8
    /// @return the note
    /// @throws IllegalArgumentException saying what is not as specified
    public static Note parse(String note) {
        if (note.length() > MAX_BYTES) throw new IllegalArgumentException("a note has at most 1 MiB");
        var end = note.lastIndexOf("\n\n");
        if (end < 0) throw new IllegalArgumentException("a note has an empty line before its signatures");
        return new Note(note.substring(0, end + 1), NoteSignature.parseLines(note.substring(end + 2)));
    }

    /// The same text with `more` signatures behind those it has, as when witnesses have cosigned it.
    ///
    /// @param more in their order
    /// @return the longer note
    /// @throws IllegalArgumentException if that is more than a note may hold
    public Note with(List<NoteSignature> more) {
        var all = new ArrayList<>(signatures);
        all.addAll(more);
        return new Note(text, all);
    }

    static void requireText(String text) {
        if (!text.endsWith("\n")) throw new IllegalArgumentException("a note's text ends with a newline");
        requireUtf8(text);
        if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new IllegalArgumentException("a note has no control characters but newlines");
        }
    }

    static void requireName(String name) {
        if (name.isEmpty()) throw new IllegalArgumentException("a key name is not empty");
        requireUtf8(name);
        if (name.chars().anyMatch(c -> c < 0x21 || c == '+' || isSpace(c))) {
            throw new IllegalArgumentException("a key name has no spaces and no plus sign");
        }
    }

    /// White_Space of the Unicode Character Database; all of it is in the basic plane.
    private static boolean isSpace(int c) {
        return c == 0x85 || Character.isSpaceChar(c) || Character.isWhitespace(c);
    }

    /// A lone surrogate is no character and has no UTF-8 form.
    private static void requireUtf8(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) throw new IllegalArgumentException("a note is UTF-8");
    }

    private static byte[] encoded(String text, List<NoteSignature> signatures) {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// As sent.
    ///
    /// @return UTF-8, at most 1 MiB
    public byte[] bytes() {
        return encoded(text, signatures);
    }

    /// The note as sent.
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
