package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.ServerProcess;
import org.undersigned.server.support.ServerProcess.Surroundings;

/// One client opens more connections than the process may open files, or sends more bytes than it has memory. Others
/// are served, later or at once, and the log says it in one line.
@Tag("slow")
final class ManyConnectionsTest {
    @TempDir
    private Path directory;

    private final int port = Ports.free();
    private final List<Socket> sockets = new ArrayList<>();

    private static Surroundings filesAtMost(int files) {
        return new Surroundings(List.of("prlimit", "--nofile=" + files + ":" + files, "--"), List.of());
    }

    @AfterEach
    void disconnect() throws IOException {
        for (var socket : sockets) socket.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port);
        sockets.add(socket);
        return socket;
    }

    private int status(HttpClient http) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                                .timeout(Duration.ofMinutes(1))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void moreConnectionsThanFilesMayBeOpen() throws Exception {
        try (var server = ServerProcess.demo(directory, port, filesAtMost(400), "--no-signers");
                var http = HttpClient.newHttpClient();
                var another = HttpClient.newHttpClient()) {
            assertThat(status(http)).isEqualTo(200);
            for (var i = 0; i < 500; i++) connect();

            assertThat(status(another)).as("while all are open and silent").isEqualTo(200);

            var output = server.output();
            assertThat(output).containsOnlyOnce("all 133 connections are in use; new ones wait until others end");
            assertThat(output.lines().filter(line -> line.contains("WARNING"))).hasSize(1);
            assertThat(output).doesNotContain("127.0.0.1", "ERROR", "SEVERE");
        }
    }

    @Test
    void moreBytesThanMemory() throws Exception {
        var small = new Surroundings(List.of(), List.of("-Xmx80m", "-XX:+ExitOnOutOfMemoryError"));
        try (var server = ServerProcess.demo(directory, port, small, "--no-signers");
                var http = HttpClient.newHttpClient()) {
            var head = "POST /roll/tufts.edu/draw HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000000\r\n\r\n";
            var most = "x".repeat(900_000).getBytes(StandardCharsets.US_ASCII);
            for (var i = 0; i < 100; i++) {
                var socket = connect();
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                Thread.ofVirtual().start(() -> {
                    try {
                        socket.getOutputStream().write(most); // and no more
                    } catch (IOException e) {
                        // refused
                    }
                });
            }

            assertThat(refused()).as("of the bodies").isPositive();
            assertThat(status(http)).isEqualTo(200);
            assertThat(server.process().isAlive()).as(server.output()).isTrue();
        }
    }

    /// The number of connections on which "try later" was answered.
    private int refused() throws Exception {
        Thread.sleep(3_000);
        var refused = 0;
        for (var socket : sockets) {
            if (socket.getInputStream().available() == 0) continue;
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 503");
            refused++;
        }
        return refused;
    }

    @Test
    void withTooFewFilesItDoesNotStart() {
        assertThatThrownBy(() -> ServerProcess.demo(directory, port, filesAtMost(200), "--no-signers"))
                .hasMessageContaining("this process may open 200 files only; it needs at least 256");
    }
}
