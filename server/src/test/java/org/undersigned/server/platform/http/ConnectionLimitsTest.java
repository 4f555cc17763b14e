package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.http.ConnectionLimits.Step;
import org.undersigned.server.platform.http.ConnectionLimits.Time;

/// How long each step of a connection may last, and what happens when no place is free.
final class ConnectionLimitsTest {
    private static final int MOST = 6;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<String> lines = new ArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord line) {
            synchronized (lines) {
                lines.add(new java.util.logging.SimpleFormatter().formatMessage(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger log = Logger.getLogger("org.undersigned.server.platform.http");
    private final Resources servers = new Resources();
    private int port;

    @BeforeEach
    void collect() {
        log.addHandler(collector);
    }

    @AfterEach
    void stop() {
        servers.close();
        log.removeHandler(collector);
    }

    /// Starts a server in which one step may last a second, or also others if it is full.
    private void start(Predicate<Step> isShort, Predicate<Step> isShortWhenFull) {
        var times = new java.util.EnumMap<Step, Time>(Step.class);
        for (var step : Step.values()) times.put(step, new Time(time(isShort, step), time(isShortWhenFull, step)));
        port = servers.keep(HttpServer.start(
                        "127.0.0.1",
                        0,
                        ConnectionLimitsTest::routes,
                        (request, response, problem) -> problem.send(request, response),
                        new ConnectionLimits(MOST, Map.copyOf(times))))
                .port();
    }

    private static Duration time(Predicate<Step> isShort, Step step) {
        return isShort.test(step) ? Duration.ofSeconds(1) : LONG;
    }

    private static void routes(HttpRouting.Builder to) {
        to.get("/", (_, response) -> response.send("here"));
        to.get("/late", (_, response) -> {
            Thread.sleep(3_000);
            response.send("late");
        });
        to.get("/large", (_, response) -> response.send(new byte[1 << 26]));
        to.post("/", (request, response) -> response.send("bytes: " + RequestBodies.bytes(request, 1_000).length));
    }

    private Socket connect(String first) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        send(socket, first);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Everything until the server ends the connection.
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static String next(Socket socket) throws IOException {
        var bytes = new byte[4096];
        return new String(bytes, 0, Math.max(0, socket.getInputStream().read(bytes)), StandardCharsets.US_ASCII);
    }

    @Test
    void aConnectionThatSaysNothingEnds() throws Exception {
        start(step -> step == Step.SILENT, _ -> false);
        try (var silent = connect("");
                var open = connect(GET)) {
            assertThat(rest(silent)).isEmpty();
            assertThat(next(open)).contains("here");
            send(open, GET);
            assertThat(next(open)).contains("here");
        }
    }

    @Test
    void aHeadAndABodyThatDripEndAndALateAnswerDoesNot() throws Exception {
        start(step -> step == Step.READING, _ -> false);
        try (var late = connect(GET.replace("/ ", "/late "));
                var head = connect("GET / HTTP/1.1\r\n");
                var body = connect("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n");
                var unread = connect("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n")) {
            assertThat(isEndedWhileDripping(head, "A: b\r\n")).isTrue();
            assertThat(isEndedWhileDripping(body, "x")).isTrue();
            assertThat(isEndedWhileDripping(unread, "x")).isTrue();
            assertThat(next(late)).contains("late");
        }
        assertThat(lines).isEmpty();
    }

    /// Sends a piece every 100 ms; true if the server ends the connection within ten seconds.
    private static boolean isEndedWhileDripping(Socket socket, String piece) throws Exception {
        socket.setSoTimeout(100);
        for (var i = 0; i < 100; i++) {
            try {
                send(socket, piece);
                if (socket.getInputStream().read(new byte[4096]) < 0) return true;
            } catch (java.net.SocketTimeoutException e) {
                continue;
            } catch (IOException e) {
                return true; // reset
            }
        }
        return false;
    }

    @Test
    void aConnectionWithoutAnotherRequestEnds() throws Exception {
        start(step -> step == Step.IDLE, _ -> false);
        try (var idle = connect(GET);
                var body = connect("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")) {
            assertThat(rest(idle)).endsWith("here");
            assertThat(rest(body)).endsWith("bytes: 3");
        }
    }

    @Test
    void aClientThatDoesNotTakeItsResponseIsCutOff() throws Exception {
        start(step -> step == Step.RESPONDING, _ -> false);
        try (var slow = connect(GET.replace("/ ", "/large "))) {
            Thread.sleep(4_000);
            assertThat(slow.getInputStream().readAllBytes()).hasSizeLessThan(1 << 26);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void whereNoPlaceIsFreeSilentConnectionsMakeRoomAndTheLogSaysItOnce() throws Exception {
        start(_ -> false, step -> step == Step.SILENT || step == Step.IDLE);
        var silent = new ArrayList<Socket>();
        for (var i = 0; i < 4 * MOST; i++) silent.add(connect(""));
        try (var waiting = connect(GET)) {
            assertThat(next(waiting)).contains("here");
        }
        assertThat(lines).containsExactly("all 6 connections are in use; new ones wait until others end");
        for (var one : silent) one.close();
    }
}
