package org.undersigned.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that serves HTTP while a comparison runs, in a process of its own.
final class ServerProgram implements AutoCloseable {
    private static final int START_SECONDS = 120;

    private final Process process;
    private final int port;

    private ServerProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a command of the server, and waits until it responds.
    ///
    /// @param classPath   of the server program
    /// @param directory   where its output goes
    /// @param environment more settings
    /// @param arguments   without the port
    static ServerProgram java(String classPath, Path directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var port = freePort();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "org.undersigned.server.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--port", Integer.toString(port)));
        return start(directory, port, environment, command);
    }

    /// Starts a program that listens on `port`, and waits until it responds.
    static ServerProgram start(Path directory, int port, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(port + ".out").toFile());
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", ":/usr/sbin", String::concat);
        var program = new ServerProgram(builder.start(), port);
        try {
            program.awaitResponse();
            return program;
        } catch (IOException | InterruptedException e) {
            program.close();
            throw e;
        }
    }

    private void awaitResponse() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            for (var attempt = 0; attempt < 4 * START_SECONDS; attempt++) {
                try {
                    var _ = http.send(request, HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (IOException e) {
                    Thread.sleep(250);
                }
            }
        }
        throw new IOException("no server responds on port " + port);
    }

    int port() {
        return port;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Deletes a directory with all that is in it.
    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
