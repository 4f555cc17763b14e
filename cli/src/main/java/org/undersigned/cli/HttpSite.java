package org.undersigned.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.undersigned.record.recount.Site;

/// An instance over HTTP, at one origin only. Responses are limited to 17 MB (the longest bundle is 256 entries of
/// 65,535 bytes) and 30 s. Follows redirects only within the same host. Neither sends nor stores cookies.
public final class HttpSite implements Site {
    private static final int MAX_BYTES = 17 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int REDIRECTS = 3;
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final URI base;
    private final HttpClient http;

    /// A response of any status.
    public static final class Answer {
        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        private Answer(HttpResponse<byte[]> response) {
            this.status = response.statusCode();
            this.headers = response.headers();
            this.body = response.body();
        }

        public int status() {
            return status;
        }

        public HttpHeaders headers() {
            return headers;
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /// A site at the origin of `address`: its scheme, host and port.
    ///
    /// @param http shared by all sites; normally from [#client]
    /// @throws IllegalArgumentException if it is not an http or https address, or contains a user name
    public HttpSite(URI address, HttpClient http) {
        String scheme = address.getScheme();
        if (scheme == null || !(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException("not an http or https address: " + address);
        }
        if (address.getUserInfo() != null)
            throw new IllegalArgumentException("the address must not contain a user name");
        this.base = URI.create(scheme + "://" + address.getRawAuthority() + "/");
        this.http = http;
    }

    /// Returns a client for many signers at once: no redirects, no cookies, 10 s to connect.
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public URI base() {
        return base;
    }

    /// Like [Site#read]. Makes up to three attempts if the site is unavailable (no connection, status 5xx or 429).
    @Override
    public byte[] read(String path) throws IOException {
        Answer answer = get(path);
        return switch (answer.status()) {
            case 200 -> answer.body();
            case 404, 410 -> throw new NoSuchFileException(path);
            default -> throw new IOException(base.resolve(path) + " returned status " + answer.status());
        };
    }

    /// Returns the response to GET, after redirects within the host.
    ///
    /// @param path starts with `/`; may contain a query
    public Answer get(String path) throws IOException {
        URI uri = resolve(path);
        for (int attempt = 1; ; attempt++) {
            try {
                Answer answer = follow(uri);
                if (attempt == ATTEMPTS || !(answer.status() >= 500 || answer.status() == 429)) return answer;
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) throw e;
            }
            pause(PAUSE.multipliedBy(attempt));
        }
    }

    /// Returns the response to POST. Never retries: only the caller knows whether a repeated request is safe.
    public Answer post(String path, String contentType, byte[] body) throws IOException {
        return send(request(resolve(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private Answer follow(URI uri) throws IOException {
        URI at = uri;
        for (int i = 0; i <= REDIRECTS; i++) {
            Answer answer = send(request(at).GET().build());
            if (answer.status() < 301 || answer.status() > 308 || answer.status() == 304) return answer;
            String location = answer.headers().firstValue("Location").orElse("");
            URI to;
            try {
                to = at.resolve(location);
            } catch (IllegalArgumentException e) {
                throw new IOException(at + " redirects to an invalid address", e);
            }
            boolean upgrade = "http".equals(at.getScheme()) && "https".equals(to.getScheme());
            boolean samePort = to.getPort() == at.getPort() || upgrade;
            if (!base.getHost().equalsIgnoreCase(to.getHost())
                    || !samePort
                    || !(upgrade || at.getScheme().equals(to.getScheme()))) {
                throw new IOException(at + " redirects to another host");
            }
            at = to;
        }
        throw new IOException(uri + " redirects too often");
    }

    private URI resolve(String path) {
        if (!path.startsWith("/") || path.startsWith("//")) throw new IllegalArgumentException("not a path: " + path);
        return base.resolve(path);
    }

    private static HttpRequest.Builder request(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        // HTTP/2 cannot be negotiated without TLS, and an Upgrade header confuses small servers
        if ("http".equals(uri.getScheme())) request.version(HttpClient.Version.HTTP_1_1);
        return request;
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            return new Answer(http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading from " + base);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(base + " cannot be reached: " + why, e);
        }
    }

    static void pause(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
