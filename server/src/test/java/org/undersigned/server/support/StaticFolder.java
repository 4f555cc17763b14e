package org.undersigned.server.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// A bare web server at an address of its own, which serves the files of a folder below `/somewhere/` and sets no
/// header but the type: any static host does as much.
public final class StaticFolder implements AutoCloseable {
    private static final String BELOW = "/somewhere/";

    private final HttpServer server;

    public StaticFolder(Path folder) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BELOW, exchange -> {
            var name = exchange.getRequestURI().getPath().substring(BELOW.length());
            var file = folder.resolve(name.isEmpty() ? "index.html" : name);
            if (!name.matches("[A-Za-z0-9.]*") || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", type(file.toString()));
                var bytes = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    private static String type(String file) {
        if (file.endsWith(".html")) return "text/html; charset=utf-8";
        if (file.endsWith(".css")) return "text/css; charset=utf-8";
        return file.endsWith(".js") ? "text/javascript; charset=utf-8" : "text/plain; charset=utf-8";
    }

    /// The address of the folder. `127.0.0.1` is another origin than `localhost`, and both are secure contexts.
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + BELOW;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
