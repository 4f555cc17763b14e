package org.undersigned.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.ohttp.BinaryRequest;
import org.undersigned.ohttp.BinaryResponse;
import org.undersigned.ohttp.OpenedRequest;
import org.undersigned.ohttp.SealedRequest;

/// A request to a box on its way through a relay (PROTOCOL §5): a binary HTTP request (RFC 9292) of 1,536 bytes,
/// which is sealed to the instance's gateway (RFC 9458). Entries and withdrawals of all boxes have the same length.
///
/// @param host the instance's name in its record
/// @param body 1,024 bytes of an entry ([CastRequest]) or 129 of a withdrawal ([Withdrawal])
public record RelayedRequest(String host, BoxId box, Kind kind, byte[] body) {
    /// Bytes of a request before it is sealed.
    public static final int SIZE = 1536;
    /// Bytes of a sealed request.
    public static final int SEALED_SIZE = SIZE + SealedRequest.OVERHEAD;
    /// Bytes of a response before it is sealed.
    public static final int RESPONSE_SIZE = 1024;
    /// Bytes of a sealed response.
    public static final int SEALED_RESPONSE_SIZE = RESPONSE_SIZE + OpenedRequest.OVERHEAD;

    private static final Pattern PATH = Pattern.compile("/box/([a-z2-7]{26})/(entries|withdrawals)");

    /// What is sent to a box.
    public enum Kind {
        ENTRIES(CastRequest.SIZE),
        WITHDRAWALS(Withdrawal.SIZE);

        private final int size;

        Kind(int size) {
            this.size = size;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @throws IllegalArgumentException if the body does not have the length of its kind
    public RelayedRequest {
        if (body.length != kind.size) {
            throw new IllegalArgumentException(kind.word() + " must have " + kind.size + " bytes, not " + body.length);
        }
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /// The address of the box that takes such requests directly: `/box/{box}/entries`, `/box/{box}/withdrawals`.
    public String path() {
        return "/box/" + box + "/" + kind.word();
    }

    /// The bytes to seal.
    ///
    /// @return [#SIZE] bytes
    public byte[] encode() {
        return new BinaryRequest("POST", "https", host, path(), List.of(), body).encode(SIZE);
    }

    /// Parses what a gateway has opened.
    ///
    /// @throws IllegalArgumentException if it is not exactly what [#encode] returns
    public static RelayedRequest parse(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a request must have " + SIZE + " bytes, not " + bytes.length);
        }
        var request = BinaryRequest.parse(bytes);
        var path = PATH.matcher(request.path());
        if (!path.matches()) throw new IllegalArgumentException("the path must be that of a box");
        var parsed = new RelayedRequest(
                request.authority(),
                BoxId.of(path.group(1)),
                Kind.valueOf(path.group(2).toUpperCase(Locale.ROOT)),
                request.content());
        if (!Arrays.equals(parsed.encode(), bytes)) {
            throw new IllegalArgumentException("the request must be POST by https without fields");
        }
        return parsed;
    }

    /// The bytes of a response to seal.
    ///
    /// @param content the promise with status 202, problem details (RFC 9457) with any other; these are left out if
    ///     they are too long
    /// @return [#RESPONSE_SIZE] bytes
    public static byte[] response(int status, byte[] content) {
        var whole = new BinaryResponse(status, List.of(), content);
        var fits = whole.encode().length <= RESPONSE_SIZE;
        return (fits ? whole : new BinaryResponse(status, List.of(), "{}".getBytes(US_ASCII))).encode(RESPONSE_SIZE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RelayedRequest that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "RelayedRequest(hidden)";
    }
}
