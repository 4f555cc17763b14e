package org.undersigned.ohttp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Reads the parts of a binary message of known length (RFC 9292 §3).
final class MessageReader {
    private final ByteBuffer in;

    /// @throws MalformedException if the message is too long, or its first number is not `framing`
    MessageReader(byte[] message, int framing) {
        in = ByteBuffer.wrap(MessageWriter.bounded(message));
        if (number() != framing) throw new MalformedException("byte 0: the framing indicator is not " + framing);
    }

    /// A variable-length integer (RFC 9000 §16), in its shortest form.
    long number() {
        int at = in.position();
        if (!in.hasRemaining()) throw new MalformedException("byte " + at + ": the message ends here");
        int first = in.get() & 0xff;
        int more = (1 << (first >> 6)) - 1;
        if (in.remaining() < more) throw new MalformedException("byte " + at + ": the message ends within a number");
        long value = first & 0x3f;
        for (int i = 0; i < more; i++) value = value << 8 | in.get() & 0xff;
        if (MessageWriter.numberSize(value) != more + 1) {
            throw new MalformedException("byte " + at + ": the number is not in its shortest form");
        }
        return value;
    }

    /// Bytes after their length.
    byte[] bytes(String what, int most) {
        var bytes = new byte[length(what, most)];
        in.get(bytes);
        return bytes;
    }

    private int length(String what, int most) {
        int at = in.position();
        long length = number();
        if (length > most || length > in.remaining()) {
            throw new MalformedException("byte " + at + ": the length of the " + what + " is out of bounds");
        }
        return (int) length;
    }

    /// ASCII text after its length.
    String text(String what, int most) {
        int at = in.position();
        var bytes = bytes(what, most);
        for (byte one : bytes) {
            if (one < 0) throw new MalformedException("byte " + at + ": the " + what + " is not ASCII");
        }
        return new String(bytes, US_ASCII);
    }

    /// The header section; empty if the message ends before it (RFC 9292 §3.8).
    List<Field> fields() {
        if (!in.hasRemaining()) return List.of();
        int length = length("fields", MessageWriter.MAX_MESSAGE);
        var section = new MessageReader(in.duplicate().limit(in.position() + length));
        in.position(in.position() + length);
        var fields = new ArrayList<Field>();
        while (section.in.hasRemaining()) {
            if (fields.size() == MessageWriter.MAX_FIELDS) throw new MalformedException("there are too many fields");
            fields.add(new Field(section.text("field's name", 256), section.text("field's value", 8_192)));
        }
        return fields;
    }

    /// A reader of a part, which names places in the whole message.
    private MessageReader(ByteBuffer part) {
        in = part;
    }

    /// The content; empty if the message ends before it.
    byte[] content() {
        return in.hasRemaining() ? bytes("content", MessageWriter.MAX_MESSAGE) : new byte[0];
    }

    /// The end: no trailers, and only zeros as padding.
    void end() {
        while (in.hasRemaining()) {
            int at = in.position();
            if (in.get() != 0)
                throw new MalformedException("byte " + at + ": neither trailers nor padding may be here");
        }
    }
}
