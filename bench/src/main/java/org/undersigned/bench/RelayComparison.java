package org.undersigned.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.undersigned.ohttp.GatewayKey;
import org.undersigned.ohttp.NotOpenedException;
import org.undersigned.ohttp.SealedRequest;
import org.undersigned.record.RelayedRequest;

/// The whole way of sealed requests, compared with only opening them: clients send them over HTTP, the relay
/// writes them to disk, mixes them and hands them on, and a gateway opens each and seals a response. The
/// requests are sealed before. Everything runs on loopback.
final class RelayComparison {
    /// So many that the second or two for which the mix lets everything wait hardly count.
    private static final int REQUESTS = 60_000;
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 16;
    private static final int LEFT_BEHIND = 1; // RELAY_MIN_BATCH
    private static final int ACCEPTED = 202;
    private static final int LONGEST_MINUTES = 2;

    private final SecureRandom random = new SecureRandom();
    private final GatewayKey key = GatewayKey.generate(1, random);
    private final int cores = Runtime.getRuntime().availableProcessors();

    private RelayComparison() {}

    /// @param serverClassPath class path of the server program
    static List<BenchRow> run(String serverClassPath) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("bench-relay");
        try {
            return List.of(new RelayComparison().compare(serverClassPath, directory));
        } finally {
            ServerProgram.delete(directory);
        }
    }

    private BenchRow compare(String serverClassPath, Path directory) throws IOException, InterruptedException {
        var opened = new AtomicInteger();
        var gateway = gateway(opened);
        var name = "127.0.0.1:" + gateway.getAddress().getPort();
        try (var relay = ServerProgram.java(
                serverClassPath,
                directory,
                Map.of(
                        "RELAY_MIN_BATCH", Integer.toString(LEFT_BEHIND),
                        "RELAY_INTERVAL", "1",
                        "RELAY_LONGEST_WAIT", "1s"),
                "relay",
                "--for",
                "http://" + name,
                "--data",
                directory.resolve("data").toString())) {
            var best = 0.0;
            var limit = 0.0;
            for (var round = 0; round < ROUNDS; round++) {
                var requests = sealed();
                limit = Math.max(limit, openAll(requests));
                best = Math.max(best, relayAll(requests, relay.port(), name, opened));
            }
            return new BenchRow(
                    "requests through the relay, durable, opened, answered",
                    best,
                    "HPKE opens of the same, " + cores + " cores",
                    limit,
                    0.5);
        } finally {
            gateway.stop(0);
        }
    }

    private HttpServer gateway(AtomicInteger opened) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits for an acknowledgement
        var gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var response = RelayedRequest.response(ACCEPTED, new byte[500]);
        gateway.createContext("/gateway", exchange -> {
            try {
                var request = key.open(exchange.getRequestBody().readAllBytes());
                var sealed = request.seal(response, random);
                exchange.sendResponseHeaders(200, sealed.length);
                exchange.getResponseBody().write(sealed);
                opened.incrementAndGet();
            } catch (NotOpenedException e) {
                exchange.sendResponseHeaders(400, -1);
            }
            exchange.close();
        });
        gateway.start();
        return gateway;
    }

    private List<byte[]> sealed() throws InterruptedException {
        var made = new ArrayList<byte[]>();
        for (var part : onEveryCore(_ -> {
            var own = new ArrayList<byte[]>();
            for (var i = 0; i < REQUESTS / cores; i++) {
                own.add(SealedRequest.seal(key.config(), new byte[RelayedRequest.SIZE], random)
                        .encode());
            }
            return own;
        })) made.addAll(part);
        return made;
    }

    /// Opens per second, on all cores.
    private double openAll(List<byte[]> requests) throws InterruptedException {
        var begun = System.nanoTime();
        var _ = onEveryCore(core -> {
            for (var i = core; i < requests.size(); i += cores) {
                var _ = key.open(requests.get(i));
            }
            return core;
        });
        return requests.size() / seconds(begun);
    }

    private interface Work<T> {
        T on(int core) throws NotOpenedException;
    }

    private <T> List<T> onEveryCore(Work<T> work) throws InterruptedException {
        var results = new ArrayList<T>();
        try (var threads = Executors.newFixedThreadPool(cores)) {
            var running = new ArrayList<Future<T>>();
            for (var core = 0; core < cores; core++) {
                var own = core;
                running.add(threads.submit(() -> work.on(own)));
            }
            for (var one : running) results.add(one.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return results;
    }

    /// Requests per second, from the first byte sent until the gateway has opened all but the one that stays behind.
    private double relayAll(List<byte[]> requests, int port, String name, AtomicInteger opened)
            throws InterruptedException, IOException {
        var before = opened.get();
        var next = new AtomicInteger();
        var refused = new AtomicInteger();
        var done = new CountDownLatch(CLIENTS);
        var begun = System.nanoTime();
        for (var client = 0; client < CLIENTS; client++) {
            Thread.ofVirtual().start(() -> {
                try (var connection = new Connection(port, name)) {
                    for (var i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                        if (connection.send(requests.get(i)) != ACCEPTED) refused.incrementAndGet();
                    }
                } catch (IOException e) {
                    refused.incrementAndGet();
                } finally {
                    done.countDown();
                }
            });
        }
        var end = begun + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
        done.await();
        if (refused.get() > 0) throw new IOException("the relay refused " + refused.get() + " requests");
        while (opened.get() - before < requests.size() - LEFT_BEHIND) {
            if (System.nanoTime() > end) throw new IOException("the relay does not deliver");
            Thread.sleep(5);
        }
        return requests.size() / seconds(begun);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /// A client's connection, which costs the machine as little as possible.
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final byte[] head;
        private final InputStream in;

        private Connection(int port, String name) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            head = ("POST /" + name + " HTTP/1.1\r\nHost: r\r\nContent-Type: message/ohttp-req\r\nContent-Length: "
                            + RelayedRequest.SEALED_SIZE + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        /// @return the status
        private int send(byte[] sealed) throws IOException {
            var request =
                    ByteBuffer.allocate(head.length + sealed.length).put(head).put(sealed);
            socket.getOutputStream().write(request.array());
            var status = Integer.parseInt(line().split(" ")[1]);
            var length = 0;
            for (var line = line(); !line.isEmpty(); line = line()) {
                if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            in.skipNBytes(length);
            return status;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (var c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) throw new IOException("the relay closed the connection");
                if (c != '\r') line.append((char) c);
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
