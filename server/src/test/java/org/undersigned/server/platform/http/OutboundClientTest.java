package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How the client handles foreign servers that respond too slowly, too long, or with a redirect.
final class OutboundClientTest {
    private static final URI INSTANCE = URI.create("http://localhost:1");

    /// Writes the response of a [Stranger] to a connection.
    @FunctionalInterface
    private interface Speech {
        void to(OutputStream out) throws Exception;
    }

    private static final class Stranger implements AutoCloseable {
        private final ServerSocket socket;
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch hungUp = new CountDownLatch(1);

        Stranger(Speech speech) throws IOException {
            socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (var connection = socket.accept()) {
                        asked.incrementAndGet();
                        readHead(connection.getInputStream());
                        speech.to(connection.getOutputStream());
                    } catch (SocketException e) {
                        hungUp.countDown();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
            });
        }

        OutboundClient.Response answer() throws IOException {
            return new OutboundClient(OutboundPolicy.LOOPBACK, INSTANCE)
                    .get(URI.create("http://localhost:" + socket.getLocalPort() + "/"), Map.of());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        var read = new StringBuilder();
        while (!read.toString().endsWith("\r\n\r\n")) read.append((char) in.read());
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void anEndlessResponseTimesOut() throws Exception {
        Speech dripping = out -> {
            say(out, "HTTP/1.1 200 OK\r\nX-Story: ");
            while (true) {
                say(out, "a");
                Thread.sleep(Duration.ofMillis(500));
            }
        };
        try (var stranger = new Stranger(dripping)) {
            assertThatThrownBy(stranger::answer)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the response took too long");
            assertThat(stranger.hungUp.await(1, TimeUnit.MINUTES))
                    .as("and the connection is closed")
                    .isTrue();
        }
    }

    @Test
    void whoPointsElsewhereIsNotFollowedThere() throws IOException {
        try (var elsewhere = new Stranger(out -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
                var stranger = new Stranger(out -> say(
                        out,
                        "HTTP/1.1 302 Found\r\nLocation: http://localhost:" + elsewhere.socket.getLocalPort()
                                + "/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))) {
            assertThat(stranger.answer().status()).isEqualTo(302);
            assertThat(elsewhere.asked).hasValue(0);
        }
    }

    @Test
    void aTooLongResponseIsRefused() throws IOException {
        Speech chatty = out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 262145\r\nConnection: close\r\n\r\n");
            out.write(new byte[262_145]);
            out.flush();
        };
        try (var stranger = new Stranger(chatty)) {
            assertThatThrownBy(stranger::answer).isInstanceOf(IOException.class).hasMessage("the response is too long");
        }
    }
}
