package org.undersigned.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.undersigned.record.Statement;
import org.undersigned.record.recount.FakeSite;

class SignerTest {

    @Test
    void manySignersShareOneSiteAndOneBook() throws Exception {
        try (var server = new FakeServer(FakeSite.open());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var site = server.site();
            var instance = Signer.instance(site);
            var book = Signer.fetchBook(site, instance, "lantern.edu");
            var box = book.manifests().getFirst();
            var random = new SecureRandom();
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 25; i++) {
                var signer = new Signer(site, instance, "lantern.edu", i + "@lantern.edu", Wallet.inMemory(), random);
                all.add(threads.submit(() -> {
                    signer.requestCode();
                    signer.draw(book, FakeServer.CODE);
                    return signer.cast(box, 1, null);
                }));
            }
            for (var one : all) one.get();
            server.site.publish();
            server.site.showCounts(25, 0);

            assertThat(server.site.recount().checks()).allMatch(check -> check.ok());
            assertThat(server.site.recount().count("member")).isEqualTo(25);
        }
    }

    @Test
    void whoSignedCanWithdraw() throws IOException {
        try (var server = new FakeServer(FakeSite.open())) {
            var signer = signer(server, "ada@lantern.edu");
            var box = server.site.manifest;
            signer.draw(signer.fetchBook(), FakeServer.CODE);
            var promise = signer.cast(box, 0, new Statement("Ada", "More light.", "0123456789012345678901"));
            server.site.publish();
            var published = signer.awaitPublication(box, promise.leafHash(), 0, Duration.ZERO);
            assertThat(published.index()).isEqualTo(1);

            assertThat(signer.withdraw(box).leafHash())
                    .isEqualTo(signer.withdraw(box).leafHash());
            server.site.publish();
            assertThat(server.site.recount().checks()).allMatch(check -> check.ok());
            assertThat(server.site.recount().count("member")).isZero();
        }
    }

    @Test
    void anEntryThatIsNotThereIsNotProved() throws IOException {
        try (var server = new FakeServer(FakeSite.open())) {
            var signer = signer(server, "ada@lantern.edu");
            signer.draw(signer.fetchBook(), FakeServer.CODE);
            var promise = signer.cast(server.site.manifest, 0, null);

            assertThatThrownBy(
                            () -> signer.awaitPublication(server.site.manifest, promise.leafHash(), 0, Duration.ZERO))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("not yet in the box's log of ");
        }
    }

    @Test
    void castingWithoutABookIsABug() throws IOException {
        try (var server = new FakeServer(FakeSite.open())) {
            var signer = signer(server, "ada@lantern.edu");
            assertThatThrownBy(() -> signer.cast(server.site.manifest, 0, null))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aSecondBookIsDrawnWithTheSameBytes() throws IOException {
        try (var server = new FakeServer(FakeSite.open())) {
            var signer = signer(server, "ada@lantern.edu");
            signer.draw(signer.fetchBook(), FakeServer.CODE);
            signer.draw(signer.fetchBook(), FakeServer.CODE); // works without the blinding state

            var stranger = signer(server, "ada@lantern.edu");
            assertThatThrownBy(() -> stranger.draw(stranger.fetchBook(), FakeServer.CODE))
                    .isInstanceOfSatisfying(RefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(409);
                        assertThat(refused.code()).isEqualTo("key-already-issued");
                    });
        }
    }

    @Test
    void aRedirectStaysOnTheHost() throws IOException {
        try (var server = new FakeServer(FakeSite.open())) {
            server.site.files.put("/there", "here".getBytes(StandardCharsets.UTF_8));
            server.redirects.put("/moved", "/there");
            server.redirects.put("/away", "http://other.example/there");
            server.redirects.put("/round", "/round");

            assertThat(server.site().read("/moved")).asString().isEqualTo("here");
            assertThatThrownBy(() -> server.site().read("/away")).hasMessageContaining("another host");
            assertThatThrownBy(() -> server.site().read("/round")).hasMessageContaining("too often");
        }
    }

    @Test
    void anAnswerThatIsTooLongIsCutOff() {
        try (var server = new FakeServer(FakeSite.open())) {
            server.site.files.put("/endless", new byte[18 << 20]);
            assertThatThrownBy(() -> server.site().read("/endless")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void secretsDoNotPrintThemselves() throws IOException {
        try (var server = new FakeServer(FakeSite.open())) {
            assertThat(signer(server, "ada@lantern.edu").toString()).isEqualTo("Signer(hidden)");
        }
    }

    private static Signer signer(FakeServer server, String address) throws IOException {
        var site = server.site();
        return new Signer(site, Signer.instance(site), "lantern.edu", address, Wallet.inMemory(), new SecureRandom());
    }
}
