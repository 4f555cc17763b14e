package org.undersigned.server.content.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A text file from another source, with its encoding determined by its bytes: UTF-8 if the file has a byte-order
/// mark or is well-formed UTF-8 throughout; else windows-1252 if every byte is a character there; else the file is
/// refused at its first wrong byte. The file is read twice, in pieces, so that memory use does not depend on its
/// size.
record DecodedFile(Path path, Charset charset, boolean marked) {
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final long MAX_BYTES = 256L << 20;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int PIECE = 8192;

    /// @throws ImportFailure with the position of the first byte that is not text, or with the reason why the file
    ///     cannot be read
    static DecodedFile examine(Path path) {
        var name = String.valueOf(path.getFileName());
        try {
            if (!Files.isRegularFile(path)) throw new ImportFailure(name, "does not exist or is not a regular file");
            if (Files.size(path) > MAX_BYTES) throw new ImportFailure(name, "is larger than 256 MiB");
            var marked = isMarked(path);
            var utf8 = firstFault(path, UTF_8, marked);
            if (utf8 == null) return new DecodedFile(path, UTF_8, marked);
            if (marked)
                throw new ImportFailure(
                        name, utf8, "the file has a UTF-8 byte-order mark, but these bytes are not UTF-8");
            var windows = firstFault(path, WINDOWS_1252, false);
            if (windows == null) return new DecodedFile(path, WINDOWS_1252, false);
            throw new ImportFailure(name, windows, "this byte is neither UTF-8 nor windows-1252 text");
        } catch (IOException e) {
            throw new ImportFailure(name, "cannot be read: " + e.getMessage());
        }
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /// Opens the file at the first character after the byte-order mark; the reader throws on a byte that is not
    /// text.
    Reader open() throws IOException {
        return new InputStreamReader(
                stream(path, marked),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static boolean isMarked(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(MARK.length), MARK);
        }
    }

    private static InputStream stream(Path path, boolean marked) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(path));
        if (marked) in.skipNBytes(MARK.length);
        return in;
    }

    /// Returns the position of the first byte that is not text in this charset, or null if there is none. A NUL is
    /// also a fault: it indicates UTF-16 or a file that is not text.
    private static @Nullable TextPosition firstFault(Path path, Charset charset, boolean marked) throws IOException {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(PIECE);
        var chars = CharBuffer.allocate(PIECE + 1); // larger than `bytes`, so decoding stops only at a fault
        var position = TextPosition.START;
        try (var in = stream(path, marked)) {
            for (var end = false; !end; ) {
                var read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                var result = decoder.decode(bytes, chars, end);
                // A CR at the end of the piece is processed again together with the character after it.
                var whole = chars.position();
                if (!end && !result.isError() && whole > 0 && chars.get(whole - 1) == '\r') whole--;
                var text = chars.duplicate().flip();
                var nul = text.toString().indexOf('\0');
                position = position.after(text, 0, nul >= 0 ? nul : whole);
                if (nul >= 0 || result.isError()) return position;
                chars.limit(chars.position()).position(whole).compact();
                bytes.compact();
            }
        }
        return null;
    }
}
