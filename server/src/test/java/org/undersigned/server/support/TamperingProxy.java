package org.undersigned.server.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// An instance as a dishonest operator could serve it: on a port of its own, with some responses changed.
public final class TamperingProxy implements AutoCloseable {
    private final TestInstance instance;
    private final HttpServer server;
    private final Map<String, UnaryOperator<byte[]>> bodies = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();

    public TamperingProxy(TestInstance instance) {
        this.instance = instance;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /// Changes the body at this path.
    public void change(String path, UnaryOperator<byte[]> change) {
        bodies.put(path, change);
    }

    /// Serves this file, whether the instance has one at this path or not.
    public void serve(String path, byte[] body) {
        files.put(path, body);
    }

    /// Changes the text at this path.
    public void changeText(String path, UnaryOperator<String> change) {
        change(path, body -> change.apply(new String(body, UTF_8)).getBytes(UTF_8));
    }

    /// Makes the page at this path lead to another box.
    public void linkTo(String path, String box) {
        links.put(path, box);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var response = instance.get(exchange.getRequestURI().toString());
            var body = bodies.getOrDefault(path, UnaryOperator.identity()).apply(response.body());
            for (var link : response.headers().allValues("Link")) {
                var box = links.get(path);
                exchange.getResponseHeaders()
                        .add("Link", box == null ? link : link.replaceAll("/box/[a-z2-7]{26}", "/box/" + box));
            }
            var file = files.get(path);
            var status = file == null ? response.statusCode() : 200;
            var sent = file == null ? body : file;
            exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
            if (sent.length > 0) exchange.getResponseBody().write(sent);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
