package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.testkit.NodeProgram;

/// Verifies our checkpoints and inclusion proofs with `@sigstore/verify`, in JavaScript; see `interop/README.md`.
final class SigstoreVerifyTest {
    private static NodeProgram theirs;

    private final GrowingLog log = new GrowingLog();

    @BeforeAll
    static void startNode() throws IOException {
        theirs = NodeProgram.start("sigstore.mjs");
    }

    @AfterAll
    static void stopNode() throws IOException {
        if (theirs != null) theirs.close(); // null if Node did not start
    }

    @Test
    void itTakesEveryInclusionProofUnderItsSignedCheckpoint() throws Exception {
        for (var batch : new int[] {1, 1, 1, 12, 241, 1, 43}) {
            var note = log.grow(batch).toString();
            for (var index = 0L;
                    index < log.tree().size();
                    index += 1 + log.tree().size() / 40) {
                var path = Proofs.inclusion(log, log.tree().size(), index);
                assertThat(judge(note, log.leaf(index), index, path)).isEqualTo("{\"accepted\":true}");
            }
        }
    }

    @Test
    void itTakesACosignedCheckpointToo() throws Exception {
        var note = log.grow(9);
        var witness = Cosigner.ed25519("witness.example", LogClientTest.filled(3));
        var cosigned = note.with(List.of(witness.cosign(note, java.time.Instant.ofEpochSecond(1_679_315_147))));

        assertThat(judge(cosigned.toString(), log.leaf(4), 4, Proofs.inclusion(log, 9, 4)))
                .isEqualTo("{\"accepted\":true}");
    }

    @Test
    void itRefusesWhatIsTamperedWith() throws Exception {
        var note = log.grow(300).toString();
        var path = Proofs.inclusion(log, 300, 7);
        var stranger = NoteSigner.ed25519(GrowingLog.ORIGIN, LogClientTest.filled(1));

        assertThat(judge(note, log.leaf(8), 7, path)).contains("false", "root hash does not match");
        assertThat(judge(note, log.leaf(7), 6, path)).contains("false", "root hash does not match");
        assertThat(judge(note, log.leaf(7), 300, path)).contains("false", "invalid index");
        assertThat(judge(note, log.leaf(7), 7, path.subList(1, path.size()))).contains("false", "hash count");
        assertThat(judge(note.replace("\n300\n", "\n301\n"), log.leaf(7), 7, path))
                .contains("false", "invalid checkpoint signature");
        assertThat(judge(stranger.sign(log.checkpoint().text()).toString(), log.leaf(7), 7, path))
                .contains("false", "invalid checkpoint signature");
    }

    private String judge(String note, byte[] leaf, long index, List<Hash> path) throws Exception {
        var key = log.signer.verifier();
        var base64 = Base64.getEncoder();
        var hashes = path.stream().map(hash -> '"' + hash.base64() + '"').collect(Collectors.joining(","));
        return theirs.ask(
                "{\"envelope\":\"%s\",\"name\":\"%s\",\"keyId\":\"%s\",\"publicKey\":\"%s\",\"leaf\":\"%s\",\"index\":%d,\"path\":[%s]}"
                        .formatted(
                                note.replace("\n", "\\n"),
                                key.name(),
                                HexFormat.of().toHexDigits(key.keyId()),
                                base64.encodeToString(SigstoreTest.key(key).getEncoded()),
                                base64.encodeToString(leaf),
                                index,
                                hashes));
    }
}
