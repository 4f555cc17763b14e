package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.ServerProcess;

/// A program without memory ends, with a line and a status that whoever restarts it sees. It does not go on with the
/// threads that are left.
@Tag("slow")
final class MemoryTest {
    private static final Pattern LAUNCHER_FLAGS = Pattern.compile("^java_flags=\"(.*)\"$", Pattern.MULTILINE);
    private static final int OUT_OF_MEMORY = 3; // the JVM's own status

    @TempDir
    private Path directory;

    @Test
    void aProgramWithoutMemoryEndsWithALineAndAStatus() throws Exception {
        var port = Ports.free();
        var small = new ServerProcess.Surroundings(List.of(), withoutCollector(launcherFlags(), "-Xmx40m"));
        try (var server = ServerProcess.demo(directory, port, small, "--no-signers");
                var http = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 64; i++) threads.execute(() -> printUntilItEnds(http, port, server));

            assertThat(server.awaitEnd(Duration.ofMinutes(1))).isEqualTo(OUT_OF_MEMORY);
            assertThat(server.output()).contains("Terminating due to java.lang.OutOfMemoryError");
        }
    }

    /// Requests papers and cards, which need the most memory.
    private static void printUntilItEnds(HttpClient http, int port, ServerProcess server) {
        for (var i = 0; server.process().isAlive(); i++) {
            var path = List.of("/p/tufts-sanctuary/packet.pdf", "/p/tufts-sanctuary/card.png", "/")
                    .get(i % 3);
            try {
                http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path + "?n=" + i))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                // it ends
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// The flags with which `./undersigned` starts the program.
    private static Stream<String> launcherFlags() throws IOException {
        var flags = LAUNCHER_FLAGS.matcher(Files.readString(Path.of("..", "undersigned")));
        assertThat(flags.find()).isTrue();
        return Stream.of(flags.group(1).split(" "));
    }

    private static List<String> withoutCollector(Stream<String> flags, String more) {
        return Stream.concat(flags.filter(flag -> !flag.endsWith("GC")), Stream.of(more))
                .toList();
    }
}
