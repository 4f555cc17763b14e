package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadClientTest {
    private static final byte[] KEPT = HttpRequests.post("/202", "text/plain", "an entry".getBytes(US_ASCII));
    private static final byte[] BUSY = HttpRequests.get("/503");
    private static final byte[] LOST = HttpRequests.get("/none");

    private final ConcurrentSkipListSet<Integer> clients = new ConcurrentSkipListSet<>();
    private HttpServer server;

    /// Responds with the status in the path; `/none`: closes the connection.
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            clients.add(exchange.getRemoteAddress().getPort());
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            if (!path.equals("/none")) {
                exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), 1 + body.length);
                exchange.getResponseBody().write(new byte[1 + body.length]);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private LoadClient client(int connections) throws IOException {
        return new LoadClient(server.getAddress().getPort(), connections, 202);
    }

    @Test
    void everyRequestIsCountedOnce() throws IOException {
        var requests = new ArrayList<byte[]>();
        requests.addAll(Collections.nCopies(50, KEPT));
        requests.addAll(Collections.nCopies(3, BUSY));
        requests.addAll(Collections.nCopies(2, LOST));
        Collections.shuffle(requests);

        try (var client = client(4)) {
            for (var load : List.of(client.saturate(requests), client.arrive(2_000, requests))) {
                assertThat(load.accepted()).isEqualTo(50);
                assertThat(load.latencies().size()).isEqualTo(50);
                assertThat(load.refused()).isEqualTo(Map.of(503, 3));
                assertThat(load.failed()).isEqualTo(2);
                assertThat(load.errors()).isEqualTo(5);
                assertThatThrownBy(load::requireNoErrors).hasMessageContaining("{503=3}");
            }
        }
    }

    @Test
    void connectionsAreKeptAndUsedInTurn() throws IOException {
        try (var client = client(3)) {
            client.connect();
            var load = client.arrive(2_000, Collections.nCopies(60, KEPT));

            assertThat(load.requireNoErrors().accepted()).isEqualTo(60);
        }
        assertThat(clients).hasSize(3);
    }

    @Test
    void aStoppedClientSendsNothing() throws IOException {
        try (var client = client(3)) {
            client.stop();

            assertThat(client.saturate(Collections.nCopies(5, KEPT)).accepted()).isZero();
        }
    }
}
