package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.RemotePerson;
import org.undersigned.server.support.ServerProcess;

/// The private PostgreSQL is killed (SIGKILL of its first process) under a running instance. The instance starts it
/// again; what was promised before is published, and people can sign.
final class PostgresKilledTest {
    private static final int BATCH = 10;

    @TempDir
    private Path directory;

    @Test
    void aKilledPostgresIsStartedAgainAndNothingIsLost() throws Exception {
        var port = Ports.free();
        var site = new HttpSite(URI.create("http://localhost:" + port), new CheckedClient());
        try (var server = ServerProcess.demo(directory, port, "--no-signers")) {
            var first = new RemotePerson(site);
            var promised = first.sign();

            for (var kill = 0; kill < 2; kill++) {
                var killed = postmaster();
                assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly())
                        .isTrue();
                awaitAnother(killed);
                server.awaitOutput("the private PostgreSQL runs again", Duration.ofSeconds(60));
            }

            for (var i = 1; i < BATCH; i++) new RemotePerson(site).sign();
            assertThat(first.cast()).as("the promise is the same").isEqualTo(promised);
            first.awaitCount(BATCH);
            assertThat(server.output())
                    .contains("the private PostgreSQL ended with status 137; it is started again, and requests wait")
                    .doesNotContain("tufts.edu");
            assertThat(server.interrupt()).isTrue();
        }
        assertThat(directory.resolve("data/postgresql/cluster/postmaster.pid")).doesNotExist();
    }

    private long postmaster() throws IOException {
        var file = directory.resolve("data/postgresql/cluster/postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    private void awaitAnother(long killed) throws Exception {
        for (var attempt = 0; attempt < 600; attempt++) {
            try {
                if (postmaster() != killed) return;
            } catch (IOException | RuntimeException e) {
                assertThat(e).as("it is being written").isNotNull();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("PostgreSQL was not started again");
    }
}
