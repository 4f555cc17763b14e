package org.undersigned.ohttp;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// A request as a binary message of known length (RFC 9292 §3.1), without trailers.
///
/// @param method    a token of at most 32 characters: `POST`
/// @param scheme    `https` or `http`
/// @param authority host and port, at most 255 visible characters; may be empty
/// @param path      from the slash on, with the query, at most 8,192 visible characters
/// @param fields    at most 64
/// @param content   may be empty
public record BinaryRequest(
        String method, String scheme, String authority, String path, List<Field> fields, byte[] content) {
    private static final int FRAMING = 0;
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,32}");
    private static final Pattern AUTHORITY = Pattern.compile("[!-~]{0,255}");
    private static final Pattern PATH = Pattern.compile("/[!-~]{0,8191}");

    /// Checks the parts.
    ///
    /// @throws MalformedException if a part has another form
    public BinaryRequest {
        if (!METHOD.matcher(method).matches()) throw new MalformedException("a method must be a token");
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new MalformedException("a scheme must be https or http");
        }
        if (!AUTHORITY.matcher(authority).matches()) throw new MalformedException("the authority is malformed");
        if (!PATH.matcher(path).matches()) throw new MalformedException("a path must begin with a slash");
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

    /// Parses a request.
    ///
    /// @param message a binary request; zeros at its end are padding (RFC 9292 §3.8)
    /// @return the request, whose `encode(message.length)` is the message
    /// @throws MalformedException if it is none of known length, has trailers, or a part is out of bounds
    public static BinaryRequest parse(byte[] message) {
        var in = new MessageReader(message, FRAMING);
        var request = new BinaryRequest(
                in.text("method", 32),
                in.text("scheme", 5),
                in.text("authority", 255),
                in.text("path", 8_192),
                in.fields(),
                in.content());
        in.end();
        return request;
    }

    /// Encodes the request in the shortest way.
    ///
    /// @return a binary message
    public byte[] encode() {
        return new MessageWriter()
                .number(FRAMING)
                .text(method)
                .text(scheme)
                .text(authority)
                .text(path)
                .finish(fields, content);
    }

    /// Encodes the request with zeros at its end, so that its length tells nothing.
    ///
    /// @param length in bytes
    /// @return a binary message of that length
    /// @throws MalformedException if the request is longer
    public byte[] encode(int length) {
        return MessageWriter.padded(encode(), length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryRequest one && Arrays.equals(encode(), one.encode());
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, scheme, authority, path, fields, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return "BinaryRequest(hidden)";
    }
}
