package org.undersigned.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The demonstration as somebody starts it in a terminal: a process of its own, with everything it says.
public final class DemoProcess implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Process process;
    private final Path said;
    private final long readyMillis;

    private DemoProcess(Process process, Path said) throws IOException, InterruptedException {
        var began = System.nanoTime();
        this.process = process;
        this.said = said;
        awaitSaid("is ready", SOON);
        this.readyMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /// Waits until it is ready.
    ///
    /// @param directory it keeps `data` in, and what the program says beside it
    public static DemoProcess demo(Path directory, int port, String... more) throws IOException, InterruptedException {
        // Whatever started the tests in the background may have had Ctrl-C ignored, which processes inherit.
        var command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.undersigned.server.Main",
                "demo",
                "--data",
                directory.resolve("data").toString(),
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(more));
        var said = Files.createTempFile(directory, "said", ".log");
        return new DemoProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start(),
                said);
    }

    public static int freePort() {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public long readyMillis() {
        return readyMillis;
    }

    public String said() throws IOException {
        return Files.readString(said);
    }

    public void awaitSaid(String text, Duration atMost) throws IOException, InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        while (!said().contains(text)) {
            assertThat(process.isAlive()).as(said()).isTrue();
            assertThat(System.nanoTime())
                    .as("never said " + text + ": " + said())
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    /// Takes its power away.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Ctrl-C; whether it ended by itself within half a minute.
    public boolean interrupt() throws IOException, InterruptedException {
        var _ = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
