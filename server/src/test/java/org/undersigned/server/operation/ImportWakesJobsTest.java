package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;

/// A NOTIFY of the import wakes the jobs of a running instance, which otherwise run once a minute.
final class ImportWakesJobsTest {
    private static final int IMPORTS = 5;

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    /// The fastest of five counts: the machine may be busy with other tests.
    @Test
    void anImportedCampaignIsOpenForSigningInUnderASecond(@TempDir Path directory) throws IOException {
        var durations = new ArrayList<Duration>();
        for (var i = 1; i <= IMPORTS; i++) {
            var slug = "wake-" + i;
            var file = Files.writeString(directory.resolve(slug + ".json"), ExampleCampaign.document(slug));
            instance.command("import", "campaign", "--now", file.toString()).isDone();
            var imported = System.nanoTime();
            instance.await("a box in the book of its campus", () -> isInTheBook("/p/" + slug + "-lantern-lights"));
            durations.add(Duration.ofNanos(System.nanoTime() - imported));
            instance.await(
                    "its page shows the record",
                    () -> instance.get("/p/" + slug + "-lantern-lights/record").statusCode() == 200);
            instance.await(
                    "its action is announced",
                    () -> instance.get("/ap/" + slug + "/events/" + slug + "-evening-walk")
                                    .statusCode()
                            == 200);
        }

        assertThat(Collections.min(durations)).isLessThan(Duration.ofSeconds(1));
        assertThat(durations).allMatch(duration -> duration.compareTo(Duration.ofSeconds(30)) < 0);
    }

    private static boolean isInTheBook(String path) {
        try {
            var site = new HttpSite(instance.url("/"), new CheckedClient());
            return Signer.fetchBook(site, Signer.instance(site), "lantern.example").manifests().stream()
                    .anyMatch(manifest -> manifest.subject().path().equals(path));
        } catch (IOException e) {
            return false; // the campus has no roll yet
        }
    }
}
