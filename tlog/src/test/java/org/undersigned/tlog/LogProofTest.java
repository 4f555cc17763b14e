package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// c2sp.org/tlog-proof.
final class LogProofTest {
    private final GrowingLog log = new GrowingLog();
    private final Note note = log.grow(3);

    private LogProof proof(long index) throws Exception {
        return log.client().latest().proof(index);
    }

    @Test
    void aProofIsTheTextTheSpecificationSays() throws Exception {
        var leaf0 = Merkle.leaf(log.leaf(0));
        var leaf2 = Merkle.leaf(log.leaf(2));

        assertThat(proof(1).withExtra("hello".getBytes(StandardCharsets.UTF_8)).text())
                .isEqualTo("c2sp.org/tlog-proof@v1\nextra aGVsbG8=\nindex 1\n" + leaf0.base64() + "\n" + leaf2.base64()
                        + "\n\n" + note);
        assertThat(proof(1).text())
                .isEqualTo(
                        "c2sp.org/tlog-proof@v1\nindex 1\n" + leaf0.base64() + "\n" + leaf2.base64() + "\n\n" + note);
    }

    @Test
    void aProofIsReadBackAndVerifiesWithoutTheLog() throws Exception {
        log.grow(500);
        for (var index = 0; index < 503; index += 13) {
            var read = LogProof.parse(proof(index).text().getBytes(StandardCharsets.UTF_8));

            assertThat(read).isEqualTo(proof(index));
            assertThat(read.verify(Merkle.leaf(log.leaf(index)), log.policy())).isTrue();
            assertThat(read.verify(Merkle.leaf(log.leaf(index + 1)), log.policy()))
                    .isFalse();
        }
    }

    @Test
    void aTreeOfOneLeafHasAnEmptyProof() throws Exception {
        var one = new GrowingLog();
        one.grow(1);

        var read = LogProof.parse(one.client().latest().proof(0).text());

        assertThat(read.path()).isEmpty();
        assertThat(read.verify(Merkle.leaf(one.leaf(0)), one.policy())).isTrue();
    }

    @Test
    void itVerifiesOnlyUnderThePolicysKeysAndWitnesses() throws Exception {
        var witness = Cosigner.ed25519("witness.example", LogClientTest.filled(7));
        var strict = log.policy().withWitnesses(List.of(witness.verifier()), 1);
        var leaf = Merkle.leaf(log.leaf(1));
        var plain = proof(1);
        var cosigned =
                new LogProof(plain.extra(), 1, plain.path(), note.with(List.of(witness.cosign(note, Instant.EPOCH))));

        assertThat(plain.verify(leaf, strict)).isFalse();
        assertThat(LogProof.parse(cosigned.text()).verify(leaf, strict)).isTrue();
        var stranger = LogPolicy.of(
                NoteSigner.ed25519(GrowingLog.ORIGIN, LogClientTest.filled(8)).verifier());
        assertThat(plain.verify(leaf, stranger)).isFalse();
    }

    @Test
    void whatIsNotWrittenSoIsRefused() throws Exception {
        var text = proof(1).text();
        for (var wrong : List.of(
                "",
                text.replace("@v1", "@v2"),
                text.replace("index 1", "index 01"),
                text.replace("index 1", "index -1"),
                text.replace("index 1", "index  1"),
                text.replace("index 1", "index 3"),
                text.replace("index 1", "index 1234567890123456789"),
                text.replace("index 1\n", ""),
                text.replace("index 1", "extra \nindex 1"),
                text.replace("index 1", "extra aGVsbG9=\nindex 1"),
                text.replace("index 1", "extra aA==\nextra aA==\nindex 1"),
                text.replace("index 1", "index 1\nextra aA=="),
                text.replace(
                        "index 1",
                        "index 1\n"
                                + Collections.nCopies(63, "A".repeat(43) + "=").stream()
                                        .collect(java.util.stream.Collectors.joining("\n"))),
                text.replace("index 1\n", "index 1\r\n"),
                text.replace("\n\n" + GrowingLog.ORIGIN, "\n" + GrowingLog.ORIGIN),
                text.replace("\n\n" + GrowingLog.ORIGIN, "\n\n\n" + GrowingLog.ORIGIN),
                text + "\n",
                text.strip(),
                "\ufeff" + text)) {
            assertThatThrownBy(() -> LogProof.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> LogProof.parse(new byte[] {(byte) 0xff})).hasMessageContaining("UTF-8");
    }
}
