package org.undersigned.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.ohttp.SealedRequest;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.platform.http.PostClient;
import org.undersigned.server.relay.SealedQueue.State;
import org.undersigned.server.relay.SealedQueue.Waiting;
import org.undersigned.server.support.MovableClock;

/// What a gateway can do with a batch: what it answers is kept, and what it does not answer waits on.
final class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ANSWERS_AT_ONCE = 1_024;

    private final Random random = new Random(11);
    private final List<Byte> arrived = new CopyOnWriteArrayList<>(); // the first byte of each request
    private final Set<Integer> connections = Collections.synchronizedSet(new HashSet<>());

    @TempDir
    private Path folder;

    private SealedQueue queue;
    private HttpServer gateway;

    @BeforeEach
    void open() throws IOException {
        queue = SealedQueue.open(folder, Duration.ofHours(1), random, new MovableClock());
        gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway.start();
    }

    @AfterEach
    void close() throws IOException {
        gateway.stop(0);
        queue.close();
    }

    private interface Answering {
        void to(HttpExchange exchange, byte first) throws IOException;
    }

    private void gatewayDoes(Answering answering) {
        gateway.createContext("/gateway", exchange -> {
            var first = exchange.getRequestBody().readAllBytes()[0];
            connections.add(exchange.getRemoteAddress().getPort());
            arrived.add(first);
            answering.to(exchange, first);
            exchange.close();
        });
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, RelayedRequest.SEALED_RESPONSE_SIZE);
        exchange.getResponseBody().write(new byte[RelayedRequest.SEALED_RESPONSE_SIZE]);
    }

    private void put(int count) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < count; i++) {
                var sealed = new byte[RelayedRequest.SEALED_SIZE];
                random.nextBytes(sealed);
                sealed[0] = (byte) i;
                threads.submit(() -> queue.put(sealed));
            }
        }
        assertThat(queue.waiting()).hasSize(count);
    }

    private boolean deliver(List<Waiting> batch, int port, Duration patience) throws InterruptedException {
        var client = new PostClient(URI.create("http://127.0.0.1:" + port + "/gateway"), SealedRequest.MEDIA_TYPE);
        return new Delivery(batch, client, queue, patience).run();
    }

    private boolean deliver() throws InterruptedException {
        return deliver(queue.waiting(), gateway.getAddress().getPort(), PATIENCE);
    }

    @Test
    void everyAnswerIsKeptAlsoOfMoreThanAreWrittenTogether() throws Exception {
        gatewayDoes((exchange, _) -> answer(exchange));
        put(2 * ANSWERS_AT_ONCE + 5);
        var batch = queue.waiting();
        assertThat(deliver()).isTrue();
        assertThat(queue.waiting()).isEmpty();
        assertThat(arrived).hasSize(batch.size());
        assertThat(connections).hasSizeLessThanOrEqualTo(16);
        assertThat(queue.put(batch.getLast().sealed())).isInstanceOf(State.Answered.class);
    }

    @Test
    void answersAreOnDiskWhileTheGatewayStillWorks() throws Exception {
        var mayEnd = new CountDownLatch(1);
        gatewayDoes((exchange, _) -> {
            try {
                if (arrived.size() > ANSWERS_AT_ONCE + 100) mayEnd.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange);
        });
        put(ANSWERS_AT_ONCE + 300);
        var isDelivered = new AtomicBoolean();
        var delivery = Thread.ofVirtual().start(() -> {
            try {
                isDelivered.set(deliver());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (var i = 0; i < 600 && queue.waiting().size() > 300; i++) Thread.sleep(50);
        assertThat(queue.waiting()).hasSize(300);
        mayEnd.countDown();
        delivery.join();
        assertThat(isDelivered).isTrue();
        assertThat(queue.waiting()).isEmpty();
    }

    @Test
    void requestsGoOnInTheOrderOfTheMix() throws Exception {
        gatewayDoes((exchange, _) -> answer(exchange));
        put(100);
        var mixed = new ArrayList<>(queue.waiting());
        Collections.shuffle(mixed, random);
        assertThat(deliver(mixed, gateway.getAddress().getPort(), PATIENCE)).isTrue();
        // sixteen are on their way at once, and any of them may be late
        var near = IntStream.range(0, mixed.size())
                .filter(i -> Math.abs(arrived.indexOf(mixed.get(i).sealed()[0]) - i) <= 32)
                .count();
        assertThat(near).isGreaterThan(80); // by chance about 54
    }

    @Test
    void whatTheGatewayCannotDoNowWaitsOnAndDoesNotHoldUpTheOthers() throws Exception {
        gatewayDoes((exchange, first) -> {
            if (first == 7) exchange.sendResponseHeaders(503, -1);
            else answer(exchange);
        });
        put(100);
        assertThat(deliver()).isFalse();
        assertThat(queue.waiting())
                .singleElement()
                .satisfies(one -> assertThat(one.sealed()[0]).isEqualTo((byte) 7));
    }

    @Test
    void aGatewayInTroubleIsNotAskedForTheWholeBatch() throws Exception {
        gatewayDoes((exchange, _) -> exchange.sendResponseHeaders(502, -1));
        put(200);
        assertThat(deliver()).isFalse();
        assertThat(queue.waiting()).hasSize(200);
        assertThat(arrived).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void aGatewayThatIsAwayLeavesAllWaiting() throws Exception {
        put(3);
        gateway.stop(0);
        assertThat(deliver()).isFalse();
        assertThat(queue.waiting()).hasSize(3);
    }

    @Test
    void aGatewayThatClosesEachConnectionGetsAllOverNewOnes() throws Exception {
        gatewayDoes((exchange, _) -> {
            exchange.getResponseHeaders().add("Connection", "close");
            answer(exchange);
        });
        put(50);
        assertThat(deliver()).isTrue();
        assertThat(queue.waiting()).isEmpty();
        assertThat(connections).hasSizeGreaterThan(40);
    }

    @Test
    void aRequestThatNoKeyOpensIsRefusedAndTheConnectionIsUsedOn() throws Exception {
        gatewayDoes((exchange, first) -> {
            if (first % 2 == 0) {
                answer(exchange);
                return;
            }
            var problem = "{\"type\":\"https://iana.org/assignments/http-problem-types#ohttp-key\"}"
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(400, problem.length);
            exchange.getResponseBody().write(problem);
        });
        put(100);
        var batch = queue.waiting();
        assertThat(deliver()).isTrue();
        for (var one : batch) {
            assertThat(queue.put(one.sealed()))
                    .isInstanceOf(one.sealed()[0] % 2 == 0 ? State.Answered.class : State.Refused.class);
        }
        assertThat(connections).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void anAnswerThatDripsIsGivenUpAndThoseBeforeItAreKept() throws Exception {
        var hungUp = new CountDownLatch(1);
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var _ = Thread.ofVirtual().start(() -> {
                for (var n = 0; !server.isClosed(); n++) {
                    try {
                        var connection = server.accept();
                        var drips = n == 0;
                        Thread.ofVirtual().start(() -> serve(connection, drips, hungUp));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            put(40);
            assertThat(deliver(queue.waiting(), server.getLocalPort(), Duration.ofSeconds(5)))
                    .isFalse();
            assertThat(queue.waiting()).hasSize(1);
            assertThat(hungUp.await(1, TimeUnit.MINUTES))
                    .as("the connection is closed")
                    .isTrue();
        }
    }

    /// Answers on one connection; one that drips sends a header without end.
    private static void serve(Socket connection, boolean drips, CountDownLatch hungUp) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            var out = connection.getOutputStream();
            while (true) {
                var head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    var next = in.read();
                    if (next < 0) return;
                    head.append((char) next);
                }
                in.skipNBytes(RelayedRequest.SEALED_SIZE);
                var status = "HTTP/1.1 200 OK\r\nContent-Length: " + RelayedRequest.SEALED_RESPONSE_SIZE + "\r\n";
                out.write((status + (drips ? "X-Story: " : "\r\n")).getBytes(StandardCharsets.US_ASCII));
                while (drips) {
                    out.write('a');
                    Thread.sleep(100);
                }
                out.write(new byte[RelayedRequest.SEALED_RESPONSE_SIZE]);
            }
        } catch (IOException e) {
            if (drips) hungUp.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerOfAnotherLengthIsNone() throws Exception {
        gatewayDoes((exchange, _) -> {
            var page = new byte[1 << 20];
            Arrays.fill(page, (byte) 'x');
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
        put(2);
        assertThat(deliver()).isFalse();
        assertThat(queue.waiting()).hasSize(2);
    }
}
