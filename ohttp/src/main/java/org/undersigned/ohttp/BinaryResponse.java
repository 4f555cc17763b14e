package org.undersigned.ohttp;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A response as a binary message of known length (RFC 9292 §3.1), without informational responses and trailers.
///
/// @param status  200 to 599
/// @param fields  at most 64
/// @param content may be empty
public record BinaryResponse(int status, List<Field> fields, byte[] content) {
    private static final int FRAMING = 1;

    /// Checks the parts.
    ///
    /// @throws MalformedException if the status is not final, or there are too many fields
    public BinaryResponse {
        if (status < 200 || status > 599) throw new MalformedException("a final status is 200 to 599");
        fields = MessageWriter.checked(fields);
        content = content.clone();
    }

    /// The content.
    ///
    /// @return a copy
    @Override
    public byte[] content() {
        return content.clone();
    }

    /// Parses a response.
    ///
    /// @param message a binary response; zeros at its end are padding (RFC 9292 §3.8)
    /// @return the response, whose `encode(message.length)` is the message
    /// @throws MalformedException if it is none of known length, has informational responses or trailers, or
    ///     a part is out of bounds
    public static BinaryResponse parse(byte[] message) {
        var in = new MessageReader(message, FRAMING);
        long status = in.number();
        if (status > 599) throw new MalformedException("byte 1: a final status is 200 to 599");
        var response = new BinaryResponse((int) status, in.fields(), in.content());
        in.end();
        return response;
    }

    /// Encodes the response in the shortest way.
    ///
    /// @return a binary message
    public byte[] encode() {
        return new MessageWriter().number(FRAMING).number(status).finish(fields, content);
    }

    /// Encodes the response with zeros at its end, so that its length tells nothing.
    ///
    /// @param length in bytes
    /// @return a binary message of that length
    /// @throws MalformedException if the response is longer
    public byte[] encode(int length) {
        return MessageWriter.padded(encode(), length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryResponse one && Arrays.equals(encode(), one.encode());
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, fields, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return "BinaryResponse(hidden)";
    }
}
