package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.tlog.Note.NoteSignature;

/// c2sp.org/tlog-cosignature, Ed25519.
final class CosignatureTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.9Z");
    private static final byte[] SEED = LogClientTest.filled(4);

    private final GrowingLog log = new GrowingLog();
    private final Note note = log.grow(9);
    private final Cosigner cosigner = Cosigner.ed25519("witness.example/w1", SEED);

    /// The expected message and key id are built here from the specification's text.
    @Test
    void aCosignatureIsATimeAndASignatureOverItAndTheText() {
        var cosignature = cosigner.cosign(note, NOON);

        var blob = ByteBuffer.wrap(cosignature.signature());
        assertThat(blob.remaining()).isEqualTo(72);
        assertThat(blob.getLong()).isEqualTo(NOON.getEpochSecond());
        var signature = new byte[64];
        blob.get(signature);
        var message = "cosignature/v1\ntime " + NOON.getEpochSecond() + "\n" + note.text();
        assertThat(Ed25519.verify(Ed25519.publicKey(SEED), message.getBytes(StandardCharsets.UTF_8), signature))
                .isTrue();
        var id = Hash.sha256(
                "witness.example/w1\n".getBytes(StandardCharsets.UTF_8), new byte[] {4}, Ed25519.publicKey(SEED));
        assertThat(cosignature.keyId()).isEqualTo(ByteBuffer.wrap(id.bytes()).getInt());
        assertThat(cosignature.name()).isEqualTo("witness.example/w1");
    }

    @Test
    void theNewestOfSeveralTimesCounts() {
        var verifier = CosignatureVerifier.parse(cosigner.verifier().vkey());
        var cosigned = note.with(List.of(
                cosigner.cosign(note, NOON), cosigner.cosign(note, NOON.plusSeconds(9)), cosigner.cosign(note, NOON)));

        assertThat(verifier.time(Note.parse(cosigned.bytes()))).hasValue(NOON.getEpochSecond() + 9);
        assertThat(verifier.time(note)).isEmpty();
        assertThat(log.signer.verifier().verify(cosigned)).isTrue();
    }

    @Test
    void anotherTimeTextOrLengthDoesNotVerify() {
        var signature = cosigner.cosign(note, NOON).signature();
        var later = signature.clone();
        later[7]++;
        var negative = signature.clone();
        negative[0] |= (byte) 0x80;
        for (var wrong : List.of(later, negative, new byte[72], new byte[71], new byte[64], new byte[1])) {
            var cosignature = new NoteSignature(
                    cosigner.verifier().name(), cosigner.verifier().keyId(), wrong);
            assertThat(cosigner.verifier().verify(note.with(List.of(cosignature))))
                    .isFalse();
            assertThat(cosigner.verifier().time(note.with(List.of(cosignature))))
                    .isEmpty();
        }
        var grown = log.grow(1);
        assertThat(cosigner.verifier().verify(grown.with(List.of(cosigner.cosign(note, NOON)))))
                .isFalse();
    }

    /// The specification's example, published without its keys. Its time shows that the second signature is a
    /// cosignature.
    @Test
    void theSpecificationsExampleIsReadBack() {
        var text = """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                \u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
                """;

        var example = Note.parse(text);

        assertThat(example.toString()).isEqualTo(text);
        assertThat(Checkpoint.parse(example.text()).size()).isEqualTo(20_852_163);
        assertThat(ByteBuffer.wrap(example.signatures().get(1).signature()).getLong())
                .isEqualTo(1_679_315_147);
    }

    @Test
    void keysOfOneTypeAreNotReadAsAnother() {
        var plain = NoteVerifier.ed25519("n", Ed25519.publicKey(SEED)).vkey();
        var witness = CosignatureVerifier.ed25519("n", Ed25519.publicKey(SEED)).vkey();

        assertThat(CosignatureVerifier.parse(witness).vkey()).isEqualTo(witness);
        assertThatThrownBy(() -> CosignatureVerifier.parse(plain)).hasMessageContaining("type 0x04 or 0x06");
        assertThatThrownBy(() -> NoteVerifier.parse(witness)).hasMessageContaining("type 0x01");
    }

    @Test
    void onlyACheckpointOfOurTimeIsCosigned() {
        var letter = log.signer.sign("no checkpoint\n");

        assertThatThrownBy(() -> cosigner.cosign(letter, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cosigner.cosign(note, Instant.ofEpochSecond(-1)))
                .hasMessageContaining("1970");
        assertThat(cosigner).hasToString("Cosigner(witness.example/w1, hidden)");
    }

    @Test
    void aQuorumIsOfKnownWitnessesWhoseWordIsWhole() throws Exception {
        var second = Cosigner.ed25519("witness.example/w2", LogClientTest.filled(5));
        var stranger = Cosigner.ed25519("witness.example/w3", LogClientTest.filled(6));
        var policy = log.policy().withWitnesses(List.of(cosigner.verifier(), second.verifier()), 2);
        var one = note.with(List.of(cosigner.cosign(note, NOON), stranger.cosign(note, NOON)));
        var both = one.with(List.of(second.cosign(note, NOON)));
        var spoiled = both.with(List.of(
                new NoteSignature(second.verifier().name(), second.verifier().keyId(), new byte[72])));

        assertThat(policy.check(both).size()).isEqualTo(9);
        assertThatThrownBy(() -> policy.check(one)).hasMessageContaining("cosigned by 1 known witnesses, not by 2");
        assertThatThrownBy(() -> policy.check(spoiled)).isInstanceOf(UnprovenException.class);
    }
}
