package org.undersigned.server.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// HTTP client that checks every response of an instance against /openapi.json. Tests send requests with this
/// client or with a [TestBrowser], which does the same check; only requests of a broken client use [RawHttp].
public final class CheckedClient extends HttpClient {
    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return checked(http.send(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return http.sendAsync(request, handler).thenApply(CheckedClient::checked);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> push) {
        return http.sendAsync(request, handler, push).thenApply(CheckedClient::checked);
    }

    private static <T> HttpResponse<T> checked(HttpResponse<T> response) {
        var request = response.request();
        var faults = OpenApiDocument.DOCUMENT.faults(
                request.method(),
                request.uri().getRawPath(),
                response.statusCode(),
                response.headers(),
                bytes(response.body()));
        assertThat(faults).as(request.method() + " " + request.uri()).isEmpty();
        return response;
    }

    /// Returns the body's bytes; null if the body is discarded or still arriving.
    private static byte @Nullable [] bytes(@Nullable Object body) {
        if (body instanceof byte[] bytes) return bytes;
        return body instanceof String text ? text.getBytes(UTF_8) : null;
    }

    @Override
    public void shutdownNow() {
        http.shutdownNow();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return http.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return http.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return http.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return http.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return http.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return http.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return http.authenticator();
    }

    @Override
    public Version version() {
        return http.version();
    }

    @Override
    public Optional<Executor> executor() {
        return http.executor();
    }
}
