package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.ServerProcess;

/// `./undersigned relay` as its operator runs it: killed at any moment it loses nothing that it accepted, and
/// neither its directory nor its output says who sent.
final class RelayCommandTest {
    private static final String SENDER = "127.0.0.77";

    @TempDir
    private Path folder;

    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();
    private final int port = Ports.free();
    private HttpServer gateway;

    @BeforeEach
    void startGateway() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway.createContext("/gateway", exchange -> {
            delivered.add(text(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, RelayedRequest.SEALED_RESPONSE_SIZE);
            exchange.getResponseBody().write(new byte[RelayedRequest.SEALED_RESPONSE_SIZE]);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void stopGateway() {
        gateway.stop(0);
    }

    private String name() {
        return "127.0.0.1:" + gateway.getAddress().getPort();
    }

    private ServerProcess relay() throws Exception {
        return ServerProcess.relay(folder, port, URI.create("http://" + name()));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] request() {
        var bytes = new byte[RelayedRequest.SEALED_SIZE];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    /// Sends from an address of its own; returns the status, or 0 if no answer came.
    private int send(byte[] body) {
        try (var socket = new Socket("127.0.0.1", port, InetAddress.getByName(SENDER), 0)) {
            socket.setSoTimeout(10_000);
            var head = "POST /" + name() + " HTTP/1.1\r\nHost: relay\r\nContent-Type: message/ohttp-req\r\n"
                    + "User-Agent: somebodys-telephone\r\nContent-Length: " + body.length
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            var answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var status = answer.readLine();
            return status == null ? 0 : Integer.parseInt(status.split(" ")[1]);
        } catch (IOException e) {
            return 0;
        }
    }

    private void awaitDelivered(List<byte[]> sent) throws InterruptedException {
        var texts = sent.stream().map(RelayCommandTest::text).toList();
        var end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!delivered.containsAll(texts) && System.nanoTime() < end) Thread.sleep(100);
        assertThat(delivered).containsAll(texts);
    }

    @Test
    void killedAtAnyMomentItDeliversAllThatItAccepted() throws Exception {
        var accepted = Collections.synchronizedList(new ArrayList<byte[]>());
        for (var round = 0; round < 5; round++) {
            try (var relay = relay();
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var enough = accepted.size() + ThreadLocalRandom.current().nextInt(1, 30);
                for (var i = 0; i < 40; i++) {
                    threads.execute(() -> {
                        var sealed = request();
                        if (send(sealed) == 202) accepted.add(sealed);
                    });
                }
                for (var i = 0; i < 1_000 && accepted.size() < enough; i++) Thread.sleep(10);
                relay.kill();
            }
        }
        assertThat(accepted).isNotEmpty();
        try (var relay = relay()) {
            accepted.add(request());
            accepted.add(request());
            for (var one : List.copyOf(accepted.subList(accepted.size() - 2, accepted.size()))) {
                assertThat(send(one)).isEqualTo(202);
            }
            // what was on disk and not answered when the process died is delivered too
            awaitDelivered(accepted);
            assertThat(relay.output()).doesNotContain("WARN", "failed");
        }
    }

    @Test
    void nothingOnDiskAndNoLineSaysWhoSent() throws Exception {
        var sent = new ArrayList<byte[]>();
        try (var relay = relay()) {
            for (var i = 0; i < 12; i++) sent.add(request());
            for (var one : sent) assertThat(send(one)).isEqualTo(202);
            assertThat(send(new byte[3])).isEqualTo(400);
            awaitDelivered(sent);
            assertThat(send(sent.getFirst())).isIn(200, 202);
            assertThat(relay.output()).doesNotContain(SENDER, "somebodys-telephone", "POST");
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(SENDER, "somebodys-telephone");
                assertThat(content.contains(
                                new String(InetAddress.getByName(SENDER).getAddress(), StandardCharsets.ISO_8859_1)))
                        .as(file + " has the bytes of the address")
                        .isFalse();
            }
        }
    }

    @Test
    void aWrongSettingIsNamedInOneLine() {
        var data = folder.resolve("other").toString();
        CommandRun.of(Map.of(), "relay", "--data", data).isRefused("--for https://sign.example.org");
        CommandRun.of(Map.of(), "relay", "--data", data, "--for", "sign.example.org")
                .isRefused("an instance must be");
        CommandRun.of(Map.of(), "relay", "--data", data, "--for", "https://a.example/p/x")
                .isRefused("an instance must be");
        CommandRun.of(Map.of(), "relay", "--data", data, "--for", "https://a.example", "--for", "https://a.example/")
                .isRefused("a.example is listed twice");
        CommandRun.of(Map.of("RELAY_MIN_BATCH", "0"), "relay", "--data", data, "--for", "https://a.example")
                .isRefused("RELAY_MIN_BATCH must be a number from 1");
        CommandRun.of(Map.of("RELAY_FOR", "https://a.example ,https://b .example"), "relay", "--data", data)
                .isRefused("an instance must be");
        CommandRun.of(Map.of(), "relay", "--data", data, "--for", "https://a.example", "--port", gatewayPort())
                .isRefused("is in use");
    }

    private String gatewayPort() {
        return Integer.toString(gateway.getAddress().getPort());
    }
}
