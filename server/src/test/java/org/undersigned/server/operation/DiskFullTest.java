package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.PrivatePostgres;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.RemotePerson;
import org.undersigned.server.support.ServerProcess;
import org.undersigned.tlog.Hash;

/// A small disk becomes nearly full, and then full, under a running instance. The instance refuses what it could not
/// keep, says so in a line, goes on by itself when there is space again, and loses nothing.
@Tag("slow")
final class DiskFullTest {
    private static final int BATCH = 10;
    private static final int DISK_MIB = 700;
    private static final int NEARLY_FULL_MIB = 150; // that are free then

    @TempDir
    private Path directory;

    private final int port = Ports.free();
    private final HttpSite site = new HttpSite(URI.create("http://localhost:" + port), new CheckedClient());
    private boolean isMounted;

    /// Mounts the small disk; false where this process may not.
    private boolean mount(int mib) throws Exception {
        isMounted = run("mount", "-t", "tmpfs", "-o", "mode=755,size=" + mib + "m", "tmpfs", directory.toString());
        if (!isMounted) System.out.println("DiskFullTest did nothing: it needs root to mount a small disk");
        return isMounted;
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) assertThat(run("umount", directory.toString())).isTrue();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    @Test
    void aDiskThatIsNearlyFullAndThenFullLosesNothing() throws Exception {
        if (!mount(DISK_MIB)) return;
        Files.createDirectories(directory.resolve("data")); // so that the programs are unpacked on this disk
        try (var server = ServerProcess.demo(directory, port, "--no-signers")) {
            var first = new RemotePerson(site);
            var promised = first.sign();

            var filler = directory.resolve("filler");
            fill(filler, Files.getFileStore(directory).getUsableSpace() - (NEARLY_FULL_MIB << 20));
            isRefused(first::cast);
            isRefused(first::code);
            assertThat(site.read("/p/tufts-sanctuary")).isNotEmpty();
            server.awaitOutput("is nearly full: nothing that people send is stored until", Duration.ofSeconds(5));

            var more = directory.resolve("more");
            stopPostgresByFilling(more, server);

            Files.delete(more);
            Files.delete(filler);
            server.awaitOutput("the private PostgreSQL runs again", Duration.ofSeconds(60));
            assertThat(castAgain(first)).isEqualTo(promised);
            server.awaitOutput("has space again: what people send is stored", Duration.ofSeconds(5));
            for (var i = 1; i < BATCH; i++) new RemotePerson(site).sign();
            first.awaitCount(BATCH);
            assertThat(server.output().lines().filter(line -> line.contains("is nearly full")))
                    .hasSize(1);
            assertThat(server.output()).doesNotContain("tufts.edu", "127.0.0.1");
        }
    }

    @Test
    void aRelayOnADiskThatIsNearlyFullRefusesToo() throws Exception {
        if (!mount(NEARLY_FULL_MIB)) return;
        try (var relay = ServerProcess.relay(directory, port, URI.create("http://127.0.0.1:1"));
                var http = HttpClient.newHttpClient()) {
            var refusal = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/127.0.0.1:1"))
                            .header("Content-Type", "message/ohttp-req")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[RelayedRequest.SEALED_SIZE]))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(refusal.statusCode()).isEqualTo(503);
            assertThat(refusal.body()).contains("urn:undersigned:problem:not-storing");
            assertThat(refusal.headers().firstValue("Retry-After")).contains("60");
            assertThat(refusal.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            relay.awaitOutput("is nearly full", Duration.ofSeconds(5));
        }
    }

    /// Writes a file of this length.
    private static void fill(Path file, long length) throws IOException {
        var piece = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (var written = 0L; written < length; written += piece.length) out.write(piece);
        }
    }

    /// Takes every byte that becomes free, while PostgreSQL writes, until it does not start any more.
    private void stopPostgresByFilling(Path file, ServerProcess server) throws Exception {
        var isDown = new AtomicBoolean();
        var filling = Thread.ofPlatform().start(() -> {
            try (OutputStream out = Files.newOutputStream(file)) {
                while (!isDown.get()) write(out, 1 << 12);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (var attempt = 0; !server.output().contains("does not start yet"); attempt++) {
            assertThat(attempt).as(server.output()).isLessThan(300);
            writeLog();
            Thread.sleep(100);
        }
        isDown.set(true);
        filling.join();
        assertThat(server.output())
                .containsOnlyOnce("the private PostgreSQL does not start yet: the disk of "
                        + directory.resolve("data/postgresql") + " is full");
    }

    private static void write(OutputStream out, int length) {
        try {
            out.write(new byte[length]);
        } catch (IOException e) {
            Thread.onSpinWait(); // the disk is full
        }
    }

    /// Fills PostgreSQL's write-ahead log, as writing jobs would.
    private void writeLog() throws IOException {
        var data = directory.resolve("data");
        var url = PrivatePostgres.running(PlatformModule.privatePostgres(data));
        if (url.isEmpty()) return;
        var password =
                MasterKey.at(data.resolve("master.key"), new SecureRandom()).password("db/postgres");
        try (var connection = DriverManager.getConnection(url.get(), "postgres", password);
                var statement = connection.createStatement()) {
            for (var i = 0; i < DISK_MIB; i++) {
                statement.execute("SELECT pg_logical_emit_message(true, 'test', repeat('x', 1000000))");
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).matches("08.*|53.*|57.*|58.*|XX.*");
        }
    }

    private static void isRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable request) {
        var refusal = catchThrowableOfType(RefusedException.class, request);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.code()).isEqualTo("not-storing");
    }

    /// Repeats the same entry until it is accepted.
    private static Hash castAgain(RemotePerson person) throws Exception {
        for (var attempt = 0; ; attempt++) {
            try {
                return person.cast();
            } catch (RefusedException e) {
                assertThat(e.code()).isIn("try-later", "not-storing", "outcome-unknown");
                assertThat(attempt).isLessThan(60);
                Thread.sleep(500);
            }
        }
    }
}
