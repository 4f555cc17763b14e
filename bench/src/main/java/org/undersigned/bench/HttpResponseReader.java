package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Reads the responses of one HTTP/1.1 connection, whose bytes arrive in any parts. Reads what the bench needs and
/// nothing else: a status, a length, and as many bytes of body. It refuses a response without a length.
final class HttpResponseReader {
    private static final int LONGEST_HEAD = 16_384;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) .*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    private byte[] head = new byte[1024];
    private int headSize;
    private int bodyLeft = -1; // -1: the head is not complete
    private int status;
    private boolean closes;

    /// Reads the next bytes of a response.
    ///
    /// @return true if they complete it; the next bytes begin another one
    /// @throws ProtocolException if this is no response of the expected form, or bytes follow it
    boolean read(ByteBuffer bytes) throws ProtocolException {
        while (bodyLeft < 0 && bytes.hasRemaining()) readHead(bytes.get());
        if (bodyLeft < 0) return false;
        var skipped = Math.min(bodyLeft, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        bodyLeft -= skipped;
        if (bodyLeft > 0) return false;
        if (bytes.hasRemaining()) throw new ProtocolException("bytes follow the response");
        bodyLeft = -1;
        headSize = 0;
        return true;
    }

    /// The status of the newest response.
    int status() {
        return status;
    }

    /// True if the server closes the connection after the newest response.
    boolean closes() {
        return closes;
    }

    private void readHead(byte next) throws ProtocolException {
        if (headSize == LONGEST_HEAD) throw new ProtocolException("the head is longer than " + LONGEST_HEAD);
        if (headSize == head.length) head = Arrays.copyOf(head, 2 * head.length);
        head[headSize++] = next;
        if (next == '\n'
                && headSize >= 4
                && head[headSize - 2] == '\r'
                && head[headSize - 3] == '\n'
                && head[headSize - 4] == '\r') parseHead();
    }

    private void parseHead() throws ProtocolException {
        var lines = new String(head, 0, headSize - 4, US_ASCII).split("\r\n", -1);
        var first = STATUS_LINE.matcher(lines[0]);
        if (!first.matches()) throw new ProtocolException("no status line of HTTP/1.1");
        status = Integer.parseInt(first.group(1));
        closes = false;
        for (var i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            if (colon < 1) throw new ProtocolException("a header line without a name");
            parseHeader(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        if (bodyLeft < 0) throw new ProtocolException("the response has no Content-Length");
    }

    private void parseHeader(String name, String value) throws ProtocolException {
        if (name.equalsIgnoreCase("Content-Length")) {
            if (bodyLeft >= 0 || !LENGTH.matcher(value).matches()) throw new ProtocolException("a wrong length");
            bodyLeft = Integer.parseInt(value);
        } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
            throw new ProtocolException("the response has a Transfer-Encoding");
        } else if (name.equalsIgnoreCase("Connection") && value.equalsIgnoreCase("close")) {
            closes = true;
        }
    }
}
