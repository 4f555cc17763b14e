package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.NoteVerifier;
import tools.jackson.databind.json.JsonMapper;

class RecountCommandTest {

    @Test
    void aPagesAddressIsEnoughToRecountIt() {
        try (var server = new FakeServer(FakeSite.busy())) {
            var run = CliRun.of("recount", server.url(FakeSite.PAGE));

            assertThat(run.out())
                    .contains("✓ entries: 29 entries")
                    .contains("trusted because the site says so")
                    .contains("22  member (24 entries, 2 withdrawn)")
                    .contains("The record passes the recount.")
                    .doesNotContain("✗");
            assertThat(run.status()).isZero();
        }
    }

    @Test
    void aBoxsFolderIsAnAddressToo() {
        try (var server = new FakeServer(FakeSite.busy())) {
            assertThat(CliRun.of("recount", server.url(server.site.boxFile(""))).status())
                    .isZero();
        }
    }

    @Test
    void aMismatchIsNamedAndExitsWithOne() {
        try (var server = new FakeServer(FakeSite.busy())) {
            server.site.showCounts(23, 5);
            var run = CliRun.of("recount", server.url(FakeSite.PAGE));

            assertThat(run.out())
                    .contains("✗ numbers on the page: the page says 23 of class member at 32 leaves,"
                            + " but the box gives 22")
                    .contains("THE RECORD FAILS THE RECOUNT");
            assertThat(run.status()).isEqualTo(1);
        }
    }

    @Test
    void aPageThatLeadsToTheRecordOfAnotherIsNamed() {
        try (var server = new FakeServer(FakeSite.busy())) {
            server.misleading = "/p/another";
            server.site.files.put("/p/another", server.site.files.get(FakeSite.PAGE));

            var run = CliRun.of("recount", server.url("/p/another"));

            assertThat(run.out())
                    .contains("✗ page asked for: you asked for /p/another, but its record is the record of "
                            + FakeSite.PAGE);
            assertThat(run.status()).isEqualTo(1);
            assertThat(CliRun.of("recount", server.url(FakeSite.PAGE)).out()).contains("✓ page asked for");
        }
    }

    @Test
    void aNumberThatPeopleReadOtherwiseIsNamed() {
        try (var server = new FakeServer(FakeSite.busy())) {
            var page = new String(server.site.files.get(FakeSite.PAGE), java.nio.charset.StandardCharsets.UTF_8);
            server.site.files.put(
                    FakeSite.PAGE, page.replace(">22<", ">999,999<").getBytes(java.nio.charset.StandardCharsets.UTF_8));

            var run = CliRun.of("recount", server.url(FakeSite.PAGE));

            assertThat(run.out())
                    .contains("✗ numbers on the page: the page says 22 of class member,"
                            + " but the visible text is \"999,999\"");
            assertThat(run.status()).isEqualTo(1);
        }
    }

    @Test
    void machinesGetJson() {
        try (var server = new FakeServer(FakeSite.busy())) {
            var json = new JsonMapper()
                    .readTree(CliRun.of("recount", "--json", server.url(FakeSite.PAGE))
                            .out());

            assertThat(json.path("ok").booleanValue()).isTrue();
            assertThat(json.path("counts").path(0).path("count").intValue()).isEqualTo(22);
            assertThat(json.path("log").path("size").intValue()).isEqualTo(32);
            assertThat(json.path("log").path("root").stringValue())
                    .isEqualTo(server.site.boxRoot().base64());
        }
    }

    @Test
    void aPinnedKeyIsHeldAgainstTheSite() {
        try (var server = new FakeServer(FakeSite.busy())) {
            String own =
                    server.site.signer(FakeSite.HOST + "/register").verifier().vkey();
            String other = NoteVerifier.ed25519(
                            FakeSite.HOST + "/register", Hash.sha256().bytes())
                    .vkey();

            assertThat(CliRun.of("recount", "--key", own, server.url(FakeSite.PAGE))
                            .out())
                    .contains("(pinned)");
            assertThat(CliRun.of("recount", "--key", other, server.url(FakeSite.PAGE))
                            .status())
                    .isEqualTo(1);
            assertThat(CliRun.of("recount", "--key", "nonsense", server.url(FakeSite.PAGE))
                            .status())
                    .isEqualTo(2);
        }
    }

    @Test
    void anEarlierRecountIsGoneOnWith(@TempDir Path directory) {
        try (var server = new FakeServer(FakeSite.busy())) {
            String file = directory.resolve("checkpoint").toString();
            assertThat(CliRun.of("recount", "--save", file, server.url(FakeSite.PAGE))
                            .status())
                    .isZero();

            var run = CliRun.of("recount", "--since", file, server.url(FakeSite.PAGE));

            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("✓ since: begins with the 32 leaves").contains("verified: 0 tokens");
            assertThat(CliRun.of("recount", "--since", file + "2", server.url(FakeSite.PAGE))
                            .err())
                    .hasLineCount(1)
                    .contains("the file " + file + "2 does not exist");
        }
    }

    @Test
    void aNumberOnPaperIsCountedAgainWhenMoreHaveSigned() {
        try (var server = new FakeServer(FakeSite.busy())) {
            long then = server.site.boxSize();
            for (int i = 0; i < 12; i++) server.site.sign("member", 0);
            server.site.publish();
            server.site.showCounts(34, 5);
            server.site.tally("member", 20);

            var run = CliRun.of("recount", server.url(FakeSite.PAGE), "--at", Long.toString(then));

            assertThat(run.out()).contains("At 32 of 44 leaves:", "22  member (24 entries, 2 withdrawn)", "✓ at: ");
            assertThat(run.status()).isZero();
            assertThat(CliRun.of("recount", server.url(FakeSite.PAGE), "--at", "45")
                            .status())
                    .isEqualTo(1);
            assertThat(CliRun.of("recount", server.url(FakeSite.PAGE), "--at", "0")
                            .status())
                    .isEqualTo(2);
        }
    }

    @Test
    void aRecordThatDoesNotHoldIsNotKeptToGoOnWith(@TempDir Path directory) {
        try (var server = new FakeServer(FakeSite.busy())) {
            server.site.showCounts(23, 5);
            Path file = directory.resolve("checkpoint");
            assertThat(CliRun.of("recount", "--save", file.toString(), server.url(FakeSite.PAGE))
                            .status())
                    .isEqualTo(1);

            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aWatcherSeesHowFarItIs() {
        var terminal = new ByteArrayOutputStream();
        var now = new AtomicLong();
        var bar = new ProgressBar(new PrintStream(terminal, true, UTF_8), now::get);
        for (int leaves = 0; leaves <= 1_000_000; leaves += 100_000) {
            bar.reached("box", leaves, 1_000_000);
            now.addAndGet(5_000_000_000L);
        }

        assertThat(terminal.toString(UTF_8))
                .contains("box      [############............]  50 %  500,000 of 1,000,000  20,000/s  25 s left")
                .contains("10 %")
                .endsWith("\r\u001b[K");
    }

    @Test
    void aSiteThatIsNotThereIsOneLineAndExitsWithTwo() {
        String url;
        try (var server = new FakeServer(FakeSite.open())) {
            url = server.url(FakeSite.PAGE);
        }
        var run = CliRun.of("recount", url);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("cannot be reached");
    }

    @Test
    void aPageWithoutARecordExitsWithTwo() {
        try (var server = new FakeServer(FakeSite.open())) {
            var run = CliRun.of("recount", server.url("/about"));

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("links to no public record (status 404)");
        }
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertThat(CliRun.of("recount").status()).isEqualTo(2);
        assertThat(CliRun.of("recount", "ftp://example.org/").status()).isEqualTo(2);
        assertThat(CliRun.of("recount", "not an address").status()).isEqualTo(2);
    }
}
