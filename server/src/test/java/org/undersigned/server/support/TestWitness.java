package org.undersigned.server.support;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.undersigned.server.count.witness.WitnessPeers;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.NoteVerifier;
import org.undersigned.tlog.witness.AddCheckpoint;
import org.undersigned.tlog.witness.MemoryWitnessState;
import org.undersigned.tlog.witness.Witness;

/// A witness on a local port, which a test can take away and give back. It cosigns every log that has the key of the
/// instance it watches.
public final class TestWitness implements AutoCloseable {
    private final Cosigner cosigner;
    private final HttpServer server;
    private final Map<String, Witness> witnesses = new HashMap<>();
    private volatile boolean isAway = true;
    private volatile byte[] logKey = new byte[0];

    public TestWitness(String name) {
        cosigner = Cosigner.ed25519(name, new byte[32]);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/add-checkpoint", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                if (isAway) {
                    exchange.sendResponseHeaders(503, -1);
                    return;
                }
                var answer = witnessOf(body).addCheckpoint(body);
                var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    private synchronized Witness witnessOf(byte[] request) {
        var origin = Checkpoint.parse(AddCheckpoint.parse(request).checkpoint().text())
                .origin();
        return witnesses.computeIfAbsent(
                origin,
                _ -> new Witness(
                        cosigner,
                        Map.of(origin, List.of(NoteVerifier.ed25519(origin, logKey))),
                        new MemoryWitnessState(),
                        Clock.systemUTC()));
    }

    /// The settings of an instance that has this witness alone.
    WitnessPeers peers() {
        var prefix = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        return new WitnessPeers(List.of(new WitnessPeers.Peer(prefix, key())), 1, List.of());
    }

    public CosignatureVerifier key() {
        return cosigner.verifier();
    }

    /// From now on cosigns the logs of this instance.
    public void watch(TestInstance instance) {
        logKey = instance.registerKey().publicKey();
        isAway = false;
    }

    /// From now on cosigns nothing.
    public void leave() {
        isAway = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
