package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.record.Manifest;
import org.undersigned.record.recount.Recount;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.Ports;
import org.undersigned.server.support.ServerProcess;
import org.undersigned.server.support.TestInstance;

/// Runs `demo` as in a terminal: printed addresses, simulated signers, a recount, Ctrl-C, a second start.
final class DemoTest {
    @TempDir
    private Path directory;

    private final int port = Ports.free();
    private final HttpSite site = new HttpSite(URI.create("http://localhost:" + port), new CheckedClient());

    @Test
    void theDemonstrationSignsIsRecountedStopsOnCtrlCAndGoesOn() throws Exception {
        long before;
        try (var demo = ServerProcess.demo(directory, port)) {
            assertThat(demo.output()).contains("http://localhost:" + port);
            demo.awaitOutput("Demonstration signers at tufts.edu: 200 of 2600", Duration.ofMinutes(5));
            for (var attempt = 0; shown() < 10 && attempt < 600; attempt++) Thread.sleep(100); // the first batch
            before = shown();
            var counted = Recount.run(site, box().box());
            assertThat(counted.ok()).as(counted.checks().toString()).isTrue();
            assertThat(counted.count("member")).isBetween(before, shown());
            assertThat(before).isGreaterThanOrEqualTo(10);

            assertThat(demo.interrupt()).as("ended by itself").isTrue();
        }
        assertThat(processesOfOurs()).isZero();

        try (var again = ServerProcess.demo(directory, port)) {
            System.out.println("a second start was ready after " + again.readyMillis() + " ms");
            assertThat(shown()).isGreaterThanOrEqualTo(before);
            again.awaitOutput("Demonstration signers at tufts.edu: ", Duration.ofMinutes(5));
            assertThat(again.output()).doesNotContain("gave up");
            assertThat(again.interrupt()).as("ended by itself").isTrue();
        }
        assertThat(processesOfOurs()).isZero();
    }

    private Manifest box() throws Exception {
        return Signer.fetchBook(site, Signer.instance(site), "tufts.edu").manifests().stream()
                .filter(one -> one.subject().path().equals(TestInstance.TUFTS))
                .findFirst()
                .orElseThrow();
    }

    /// Returns the count on the petition's page; 0 if the page shows none.
    private long shown() throws Exception {
        var page = new String(site.read(TestInstance.TUFTS), java.nio.charset.StandardCharsets.UTF_8);
        var count =
                Pattern.compile("<data class=\"count\"[^>]* value=\"([0-9]+)\"").matcher(page);
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }

    private long processesOfOurs() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .count();
    }
}
