package org.undersigned.tlog.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.undersigned.tlog.witness.AddCheckpoint;
import org.undersigned.tlog.witness.Witness;

/// Serves a [Witness] on the JDK's own server, at `<submission prefix>/add-checkpoint`. The only type here that
/// needs the module `jdk.httpserver`; with another server, call the witness from its handler.
public final class WitnessHandler implements HttpHandler {
    private final Witness witness;

    /// Creates a handler for a witness.
    ///
    /// @param witness handles the requests
    public WitnessHandler(Witness witness) {
        this.witness = witness;
    }

    /// {@inheritDoc} Responds 404 for any path but its own, 405 for any method but POST, 413 for a body longer than
    /// the longest request, and 500 if the state fails.
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI()
                    .getPath()
                    .equals(exchange.getHttpContext().getPath())) {
                send(exchange, 404, "text/plain; charset=utf-8", ""); // the server matches paths by prefix
                return;
            }
            if (!exchange.getRequestMethod().equals("POST")) {
                send(exchange, 405, "text/plain; charset=utf-8", "");
                return;
            }
            var body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
            if (body.length > AddCheckpoint.MAX_BYTES) {
                send(exchange, 413, "text/plain; charset=utf-8", "");
                return;
            }
            answer(exchange, body);
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        try {
            var answer = witness.addCheckpoint(body);
            send(exchange, answer.status(), answer.contentType(), answer.body());
        } catch (IOException e) {
            System.getLogger(WitnessHandler.class.getName()).log(System.Logger.Level.ERROR, "add-checkpoint", e);
            send(exchange, 500, "text/plain; charset=utf-8", "");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }
}
