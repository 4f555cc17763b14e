package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAPublicKeyParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSASigner;
import org.junit.jupiter.api.Test;
import org.undersigned.tlog.Note.NoteSignature;
import org.undersigned.tlog.witness.MemoryWitnessState;
import org.undersigned.tlog.witness.Witness;

/// c2sp.org/tlog-cosignature, ML-DSA-44: Bouncy Castle's implementation verifies ours, and ours verifies its.
final class MlDsaCosignatureTest {
    private static final String NAME = "witness.example/w2";
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.9Z");
    private static final byte[] SEED = LogClientTest.filled(7);

    private final GrowingLog log = new GrowingLog();
    private final Note note = log.grow(9);
    private final Cosigner cosigner = Cosigner.mlDsa44(NAME, SEED);
    private final CosignatureVerifier verifier = cosigner.verifier();
    private final MLDSAPrivateKeyParameters theirs = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, SEED);

    /// `cosigned_message`, built here from the specification's text.
    private static byte[] message(String cosigner, long seconds, String origin, long size, Hash root) {
        var message = new ByteArrayOutputStream();
        message.writeBytes("subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII));
        message.write(cosigner.length());
        message.writeBytes(cosigner.getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(ByteBuffer.allocate(8).putLong(seconds).array());
        message.write(origin.length());
        message.writeBytes(origin.getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(ByteBuffer.allocate(16).putLong(0).putLong(size).array());
        message.writeBytes(root.bytes());
        return message.toByteArray();
    }

    private NoteSignature elsewhere(long seconds, byte[] message) throws CryptoException {
        var signer = new MLDSASigner();
        signer.init(true, theirs);
        signer.update(message, 0, message.length);
        var signature = signer.generateSignature();
        var blob = ByteBuffer.allocate(8 + signature.length).putLong(seconds).put(signature);
        return new NoteSignature(NAME, verifier.keyId(), blob.array());
    }

    private boolean takes(Note note, NoteSignature cosignature) {
        return verifier.verify(note.with(List.of(cosignature)));
    }

    @Test
    void aSeedHasOneKeyAndAKeyOneName() {
        assertThat(verifier.publicKey())
                .hasSize(1_312)
                .isEqualTo(theirs.getPublicKeyParameters().getEncoded());
        var id = Hash.sha256((NAME + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {6}, verifier.publicKey());
        assertThat(verifier.keyId()).isEqualTo(ByteBuffer.wrap(id.bytes()).getInt());
        assertThat(CosignatureVerifier.parse(verifier.vkey()).vkey()).isEqualTo(verifier.vkey());
        assertThat(CosignatureVerifier.parse(verifier.vkey()).publicKey()).isEqualTo(verifier.publicKey());
    }

    @Test
    void whatIsSignedHereVerifiesElsewhere() {
        var blob = ByteBuffer.wrap(cosigner.cosign(note, NOON).signature());

        assertThat(blob.remaining()).isEqualTo(8 + 2_420);
        assertThat(blob.getLong()).isEqualTo(NOON.getEpochSecond());
        var signature = new byte[2_420];
        blob.get(signature);
        var message = message(
                NAME, NOON.getEpochSecond(), GrowingLog.ORIGIN, 9, log.tree().root());
        var judge = new MLDSASigner();
        judge.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, verifier.publicKey()));
        judge.update(message, 0, message.length);
        assertThat(judge.verifySignature(signature)).isTrue();
    }

    @Test
    void whatIsSignedElsewhereVerifiesHere() throws CryptoException {
        var root = log.tree().root();
        var timed = elsewhere(42, message(NAME, 42, GrowingLog.ORIGIN, 9, root));
        var timeless = elsewhere(0, message(NAME, 0, GrowingLog.ORIGIN, 9, root));

        assertThat(verifier.time(note.with(List.of(timed)))).hasValue(42);
        assertThat(verifier.time(note.with(List.of(timeless)))).hasValue(0);
        assertThat(verifier.time(note)).isEmpty();
    }

    /// "checkpoint extension lines are not included in the signed message"
    @Test
    void extensionLinesAreNotSigned() {
        var extended = log.signer.sign(note.text() + "an extension\n");

        assertThat(takes(extended, cosigner.cosign(note, NOON))).isTrue();
        assertThat(takes(note, cosigner.cosign(extended, NOON))).isTrue();
    }

    @Test
    void anythingElseDoesNotVerify() throws CryptoException {
        var root = log.tree().root();
        for (var other : List.of(
                message("witness.example/w3", 42, GrowingLog.ORIGIN, 9, root),
                message(NAME, 43, GrowingLog.ORIGIN, 9, root),
                message(NAME, 42, "another.example", 9, root),
                message(NAME, 42, GrowingLog.ORIGIN, 10, root),
                message(NAME, 42, GrowingLog.ORIGIN, 9, Merkle.EMPTY_ROOT))) {
            assertThat(takes(note, elsewhere(42, other))).isFalse();
        }
        for (var length : new int[] {1, 8, 72, 2_427, 2_428, 2_429}) {
            assertThat(takes(note, new NoteSignature(NAME, verifier.keyId(), new byte[length])))
                    .isFalse();
        }
        var letter = log.signer.sign("no checkpoint\n");
        assertThat(takes(letter, cosigner.cosign(note, NOON))).isFalse();
        var negative = elsewhere(-1, message(NAME, -1, GrowingLog.ORIGIN, 9, root));
        assertThat(takes(note, negative)).isFalse();
    }

    @Test
    void aNameOrAnOriginHas255BytesAtMost() {
        var longest = Cosigner.mlDsa44("w".repeat(255), SEED);
        assertThatThrownBy(() -> Cosigner.mlDsa44("w".repeat(256), SEED)).hasMessageContaining("255 bytes");
        assertThatThrownBy(() -> Cosigner.mlDsa44(NAME, new byte[31])).hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> CosignatureVerifier.mlDsa44(NAME, new byte[32]))
                .hasMessageContaining("1312 bytes");

        var fits = log.signer.sign(new Checkpoint("o".repeat(255), 0, Merkle.EMPTY_ROOT, List.of()).text());
        var cosigned = fits.with(List.of(longest.cosign(fits, NOON)));
        assertThat(longest.verifier().verify(cosigned)).isTrue();

        var tooLong = log.signer.sign(new Checkpoint("o".repeat(256), 0, Merkle.EMPTY_ROOT, List.of()).text());
        assertThatThrownBy(() -> longest.cosign(tooLong, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThat(longest.verifier().verify(tooLong.with(List.of(longest.cosign(fits, NOON)))))
                .isFalse();
    }

    @Test
    void aQuorumMayBeOfBothTypes() throws Exception {
        var other = Cosigner.ed25519("witness.example/w1", SEED);
        var policy = log.policy().withWitnesses(List.of(verifier, other.verifier()), 2);
        var both = note.with(List.of(cosigner.cosign(note, NOON), other.cosign(note, NOON)));

        assertThat(policy.check(Note.parse(both.bytes())).size()).isEqualTo(9);
        var one = note.with(List.of(other.cosign(note, NOON)));
        assertThatThrownBy(() -> policy.check(one)).hasMessageContaining("cosigned by 1");
        var forged = one.with(List.of(new NoteSignature(NAME, verifier.keyId(), new byte[2_428])));
        assertThatThrownBy(() -> policy.check(forged)).hasMessageContaining("does not verify");
    }

    @Test
    void aWitnessWithAKeyOfEachTypeCountsOnce() {
        var sameName = Cosigner.ed25519(NAME, SEED);
        var keys = List.of(
                verifier,
                sameName.verifier(),
                Cosigner.ed25519("witness.example/w1", SEED).verifier());
        assertThatThrownBy(() -> log.policy().withWitnesses(keys.subList(0, 2), 2))
                .hasMessageContaining("the quorum is 2, but there are only 1 witnesses");
        var policy = log.policy().withWitnesses(List.of(keys.get(0), keys.get(1)), 1);
        var both = note.with(List.of(cosigner.cosign(note, NOON), sameName.cosign(note, NOON)));

        assertThatCode(() -> policy.check(both)).doesNotThrowAnyException();
    }

    @Test
    void aWitnessTakesNoLogThatItsKeyCannotCosign() {
        var long256 = "a".repeat(256);
        var logs = Map.of(long256, List.of(NoteVerifier.ed25519(long256, Ed25519.publicKey(SEED))));

        assertThatThrownBy(() -> new Witness(cosigner, logs, new MemoryWitnessState(), () -> NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 255 bytes");
        assertThatCode(() -> new Witness(Cosigner.ed25519("w", SEED), logs, new MemoryWitnessState(), () -> NOON))
                .doesNotThrowAnyException();
    }
}
