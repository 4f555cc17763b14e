package org.undersigned.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.privacypass.Client;
import org.undersigned.record.Manifest;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.ExampleCampaign;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// Who has drawn before gets the tokens of boxes that open later, and no token twice.
final class LaterBoxesTest {
    private static final String CAMPUS = "lantern.example";
    private static final SecureRandom RANDOM = new SecureRandom();

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofExample();

    @TempDir
    private Path directory;

    @Test
    void aPersonWithoutTheOldTokensGetsTheNewOnesOnlyAndOnce() throws IOException {
        var address = instance.freshAddress().replace("tufts.edu", CAMPUS);
        var first = signer(address, Wallet.inMemory());
        var old = first.fetchBook();
        first.requestCode();
        first.draw(old, instance.code(address));
        assertThatThrownBy(() -> signer(address, Wallet.inMemory()).draw(old, instance.code(address)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo("key-already-issued"));

        var file = Files.writeString(directory.resolve("later.json"), ExampleCampaign.document("later"));
        instance.importCampaign(file, "/p/later-lantern-lights", "/a/later-evening-walk", "/l/later-regents");
        var second = signer(address, Wallet.inMemory());
        var book = second.fetchBook();
        second.draw(book, instance.code(address));

        var later = box(book, "/p/later-lantern-lights");
        assertThat(second.hasToken(later)).isTrue();
        assertThat(second.hasToken(box(book, ExampleCampaign.LIGHTS))).isFalse();
        var _ = second.cast(later, 0, null);

        // the first device keeps its tokens and does not get those that the second was given
        assertThatThrownBy(() -> first.draw(book, instance.code(address)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo("key-already-issued"));
        assertThat(first.hasToken(box(book, ExampleCampaign.LIGHTS))).isTrue();
        assertThat(first.hasToken(later)).isFalse();
    }

    @Test
    void aDrawLacksOnlyWhatThePersonWasGivenBefore() throws IOException {
        var address = instance.freshAddress().replace("tufts.edu", CAMPUS);
        var signer = signer(address, Wallet.inMemory());
        var book = signer.fetchBook();
        signer.requestCode();
        var code = instance.code(address);
        var all = wishes(book);

        assertThat(draw(address, code, all.subList(1, all.size()))).isEqualTo(422);
        assertThat(draw(address, code, all)).isEqualTo(200);
        assertThat(draw(address, code, all.subList(1, all.size()))).isEqualTo(200); // was given the first
        assertThat(draw(address, code, wishes(book).subList(0, 1))).isEqualTo(409); // other bytes
    }

    private static int draw(String address, String code, List<Map<String, String>> wishes) {
        var body = Map.of("address", address, "code", code, "requests", wishes);
        return instance.postJson("/roll/" + CAMPUS + "/draw", new JsonMapper().writeValueAsString(body))
                .statusCode();
    }

    private static List<Map<String, String>> wishes(Book book) {
        var wishes = new ArrayList<Map<String, String>>();
        for (var manifest : book.manifests()) {
            var key = book.key(manifest, manifest.classes().getFirst());
            var blinded = new Client(RANDOM)
                    .blind(key, new byte[32], manifest.challengeDigest())
                    .blinded();
            wishes.add(Map.of("key", base64(key.keyId()), "blinded", base64(blinded)));
        }
        return wishes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Signer signer(String address, Wallet wallet) throws IOException {
        var site = new HttpSite(instance.url("/"), new CheckedClient());
        return new Signer(site, Signer.instance(site), CAMPUS, address, wallet, RANDOM);
    }

    private static Manifest box(Book book, String path) {
        return book.manifests().stream()
                .filter(manifest -> manifest.subject().path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
