package org.undersigned.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A command that runs until it is stopped, in its own process, as from a terminal, with its output.
public final class ServerProcess implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Process process;
    private final Path output;
    private final long readyMillis;

    private ServerProcess(Process process, Path said) throws IOException, InterruptedException {
        var began = System.nanoTime();
        this.process = process;
        this.output = said;
        awaitOutput("is ready", SOON);
        this.readyMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /// Starts the command `demo` and waits until it is ready.
    ///
    /// @param directory contains the data directory `data` and the output of the process
    public static ServerProcess demo(Path directory, int port, String... more)
            throws IOException, InterruptedException {
        return demo(directory, port, Surroundings.USUAL, more);
    }

    /// What a process runs in.
    ///
    /// @param prefix a program, with its arguments, that starts the process, for example with other limits
    /// @param flags  of the JVM
    public record Surroundings(List<String> prefix, List<String> flags) {
        private static final Surroundings USUAL = new Surroundings(List.of(), List.of());
    }

    /// Like [#demo(Path, int, String...)], in given surroundings.
    public static ServerProcess demo(Path directory, int port, Surroundings surroundings, String... more)
            throws IOException, InterruptedException {
        var data = directory.resolve("data");
        if (!Files.exists(data)) TestCluster.linkPrograms(data);
        return start(
                directory,
                surroundings,
                Stream.concat(
                                Stream.of("demo", "--data", data.toString(), "--port", Integer.toString(port)),
                                Stream.of(more))
                        .toList());
    }

    /// Starts the command `relay` and waits until it is ready.
    ///
    /// @param directory contains the data directory `data` and the output of the process
    public static ServerProcess relay(Path directory, int port, URI instance) throws IOException, InterruptedException {
        var data = directory.resolve("data").toString();
        return start(
                directory,
                Surroundings.USUAL,
                List.of("relay", "--for", instance.toString(), "--data", data, "--port", Integer.toString(port)));
    }

    private static ServerProcess start(Path directory, Surroundings surroundings, List<String> arguments)
            throws IOException, InterruptedException {
        // A shell that runs the tests in the background may ignore SIGINT (Ctrl-C), and processes inherit that.
        var command = new ArrayList<>(surroundings.prefix());
        command.addAll(List.of(
                "env",
                "--default-signal=INT",
                "RELAY_MIN_BATCH=1",
                "RELAY_INTERVAL=1",
                "RELAY_LONGEST_WAIT=5s",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // the process runs for seconds, too short for C2 to be worth its time
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(surroundings.flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.undersigned.server.Main"));
        command.addAll(arguments);
        var said = Files.createTempFile(directory, "said", ".log");
        return new ServerProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start(),
                said);
    }

    public long readyMillis() {
        return readyMillis;
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    public void awaitOutput(String text, Duration atMost) throws IOException, InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        while (!output().contains(text)) {
            assertThat(process.isAlive()).as(output()).isTrue();
            assertThat(System.nanoTime())
                    .as("never said " + text + ": " + output())
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    /// Waits until the process ends; returns its exit status.
    public int awaitEnd(Duration atMost) throws IOException, InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as("it does not end: " + output())
                .isTrue();
        return process.exitValue();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /// Kills the process (SIGKILL).
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Sends SIGINT (Ctrl-C); returns true if the process ends within 30 seconds.
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
