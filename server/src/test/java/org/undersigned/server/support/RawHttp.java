package org.undersigned.server.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Sends HTTP requests over a plain socket, since a correct HTTP client cannot send most of them.
public final class RawHttp {
    private static final int MILLISECONDS = 30_000;

    private RawHttp() {}

    public record Answer(int status, HttpHeaders headers, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }
    }

    /// @param headers lines, such as `Accept: text/html`
    public static Answer ask(TestInstance instance, String method, String target, String... headers)
            throws IOException {
        try (var socket = new Socket("localhost", instance.url("/").getPort())) {
            socket.setSoTimeout(MILLISECONDS);
            var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
            for (var header : headers) request.append(header).append("\r\n");
            request.append("Connection: close\r\n\r\n");
            socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
            return read(socket.getInputStream(), method.equals("HEAD"));
        } catch (IOException e) {
            throw new IOException(method + " " + target, e);
        }
    }

    private static Answer read(InputStream in, boolean withoutBody) throws IOException {
        var status = line(in).split(" ", 3);
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var parts = line.split(":\\s*", 2);
            headers.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
        }
        var all = HttpHeaders.of(headers, (_, _) -> true);
        // The server may leave the connection open after it refuses a broken request, so do not read to its end.
        var length =
                withoutBody ? 0 : (int) all.firstValueAsLong("Content-Length").orElse(0);
        var body = in.readNBytes(length);
        return new Answer(Integer.parseInt(status[1]), all, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new IOException("the answer ends within its head");
            if (c != '\r') line.write(c);
        }
        return line.toString(ISO_8859_1);
    }
}
