package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.TestCluster;

/// A rude crowd requests codes at an instance for real use, with a real mail server that refuses unknown mailboxes.
final class CodeRushTest {
    private static final String CAMPUS = "lantern.example";

    /// Addresses and moments of the mails that arrived.
    private final Map<String, Instant> arrived = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    @Test
    void anHonestCodeArrivesWhileThousandsOfInventedAddressesAreRequested() throws Exception {
        var smtp = mailServer();
        smtp.start();
        var environment = Map.of(
                "SMTP_HOST", "127.0.0.1",
                "SMTP_PORT", Integer.toString(smtp.getPortAllocated()),
                "SMTP_STARTTLS", "no",
                "MAIL_FROM", "codes@sign.example.org",
                "PUBLIC_URL", "https://sign.example.org",
                "PORT", "0",
                "UNDERSIGNED_DATA", directory.toString());
        TestCluster.linkPrograms(directory);
        try (var instance = Instance.start(Config.serve(new Settings(environment)));
                var http = new CheckedClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CommandRun.of(
                            Map.of(),
                            "import",
                            "campaign",
                            "../docs/examples/lanterns.json",
                            "--data",
                            directory.toString())
                    .isDone();
            var url = URI.create("http://127.0.0.1:" + instance.port() + "/roll/" + CAMPUS + "/code");
            for (var i = 0; request(http, url, "first").get().statusCode() == 404; i++) {
                assertThat(i).as("tries until the campus is there").isLessThan(1200);
                Thread.sleep(50);
            }

            var slots = new Semaphore(32);
            var bad = new ArrayList<CompletableFuture<Integer>>();
            var took = new ArrayList<Duration>();
            for (var i = 0; i < 5_000; i++) {
                var name = "bad" + i;
                slots.acquire();
                bad.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return request(http, url, name).join().statusCode();
                            } finally {
                                slots.release();
                            }
                        },
                        threads));
                if (i % 1000 != 500) continue;
                var honest = "honest" + i;
                var asked = Instant.now();
                assertThat(request(http, url, honest).get().statusCode()).isEqualTo(202);
                while (!arrived.containsKey(honest)
                        && Duration.between(asked, Instant.now()).toSeconds() < 30) Thread.sleep(5);
                assertThat(arrived).containsKey(honest);
                took.add(Duration.between(asked, arrived.get(honest)));
            }
            Collections.sort(took);
            assertThat(took.get(took.size() / 2)).isLessThan(Duration.ofSeconds(2));
            assertThat(bad).allSatisfy(status -> assertThat(status.join()).isEqualTo(202));
            assertThat(arrived.keySet()).allMatch(name -> name.startsWith("honest") || name.equals("first"));
        } finally {
            smtp.stop();
        }
    }

    private static CompletableFuture<HttpResponse<Void>> request(CheckedClient http, URI url, String name) {
        var body = "{\"address\":\"" + name + "@" + CAMPUS + "\"}";
        return http.sendAsync(
                HttpRequest.newBuilder(url)
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.US_ASCII))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private SMTPServer mailServer() {
        return SMTPServer.port(0)
                .messageHandlerFactory(_ -> new org.subethamail.smtp.MessageHandler() {
                    private String to = "";

                    @Override
                    public void from(String from) {}

                    @Override
                    public void recipient(String recipient) throws RejectException {
                        to = recipient.substring(0, recipient.indexOf('@'));
                        if (to.startsWith("bad")) throw new RejectException(550, "no such mailbox");
                    }

                    @Override
                    public String data(java.io.InputStream data) throws java.io.IOException {
                        data.readAllBytes();
                        arrived.put(to, Instant.now());
                        return "2.0.0 accepted";
                    }

                    @Override
                    public void done() {}
                })
                .build();
    }
}
