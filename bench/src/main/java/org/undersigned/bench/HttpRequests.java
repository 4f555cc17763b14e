package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// Requests as their bytes.
final class HttpRequests {
    private HttpRequests() {}

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: bench.example\r\nAccept-Encoding: gzip\r\n\r\n").getBytes(US_ASCII);
    }

    static byte[] post(String path, String type, byte[] body) {
        var head = ("POST " + path + " HTTP/1.1\r\nHost: bench.example\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(US_ASCII);
        var bytes = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }
}
