package org.undersigned.ohttp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/// Writes the parts of a binary message of known length (RFC 9292 §3).
final class MessageWriter {
    /// Bytes of a message.
    static final int MAX_MESSAGE = 1 << 20;

    static final int MAX_FIELDS = 64;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static int numberSize(long value) {
        if (value < 1 << 6) return 1;
        if (value < 1 << 14) return 2;
        return value < 1L << 30 ? 4 : 8;
    }

    /// A variable-length integer below 2^62 (RFC 9000 §16), in its shortest form.
    MessageWriter number(long value) {
        int size = numberSize(value);
        long marked = value | (long) Integer.numberOfTrailingZeros(size) << (8 * size - 2);
        for (int i = size - 1; i >= 0; i--) out.write((int) (marked >> (8 * i)));
        return this;
    }

    MessageWriter bytes(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    MessageWriter text(String text) {
        return bytes(text.getBytes(US_ASCII));
    }

    /// The header section and the content; without what is empty at the end (RFC 9292 §3.8).
    byte[] finish(List<Field> fields, byte[] content) {
        if (!fields.isEmpty() || content.length > 0) {
            var section = new MessageWriter();
            for (var field : fields) section.text(field.name()).text(field.value());
            bytes(section.out.toByteArray());
        }
        if (content.length > 0) bytes(content);
        return bounded(out.toByteArray());
    }

    /// @throws MalformedException if the message is too long
    static byte[] bounded(byte[] message) {
        if (message.length > MAX_MESSAGE) {
            throw new MalformedException("a message has at most " + MAX_MESSAGE + " bytes, not " + message.length);
        }
        return message;
    }

    /// @throws MalformedException if the message is longer than `length`
    static byte[] padded(byte[] message, int length) {
        if (message.length > length) {
            throw new MalformedException("the message has " + message.length + " bytes, more than " + length);
        }
        return Arrays.copyOf(message, length);
    }

    /// @throws MalformedException if there are too many fields
    static List<Field> checked(List<Field> fields) {
        if (fields.size() > MAX_FIELDS) throw new MalformedException("there are at most " + MAX_FIELDS + " fields");
        return List.copyOf(fields);
    }
}
