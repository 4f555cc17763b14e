package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.encryption.signers.Verifiers;
import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Verifies our checkpoints and inclusion proofs with sigstore-java.
final class SigstoreTest {
    private final GrowingLog log = new GrowingLog();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 100, 255, 256, 257, 300})
    void itTakesOurInclusionProofs(int size) throws Exception {
        log.grow(size);
        for (var index = 0L; index < size; index++) {
            InclusionProofVerifier.verify(leafHash(index), index, size, path(index), root());
        }
    }

    @Test
    void itRefusesThemTamperedWith() throws Exception {
        log.grow(300);
        var shorter = new ArrayList<>(path(7));
        shorter.removeLast();
        var altered = new ArrayList<>(path(7));
        altered.getFirst()[0] ^= 1;

        assertRefused(leafHash(8), 7, path(7));
        assertRefused(leafHash(7), 8, path(7));
        assertRefused(leafHash(7), 7, shorter);
        assertRefused(leafHash(7), 7, altered);
    }

    private void assertRefused(byte[] leaf, long index, List<byte[]> path) {
        assertThatThrownBy(() -> InclusionProofVerifier.verify(leaf, index, 300, path, root()))
                .isInstanceOf(InclusionProofVerificationException.class);
    }

    @Test
    void itReadsOurCheckpointAndVerifiesItsSignature() throws Exception {
        var note = log.grow(300);

        var read = Checkpoints.from(note.toString());

        assertThat(read.getSignedData()).isEqualTo(note.text());
        assertThat(read.getOrigin()).isEqualTo(GrowingLog.ORIGIN);
        assertThat(read.getSize()).isEqualTo(300);
        assertThat(read.getBase64Hash()).isEqualTo(log.tree().root().base64());
        var signature = read.getSignatures().getFirst();
        assertThat(signature.getIdentity()).isEqualTo(log.signer.verifier().name());
        assertThat(ByteBuffer.wrap(signature.getKeyHint()).getInt())
                .isEqualTo(log.signer.verifier().keyId());
        var verifier = Verifiers.newVerifier(key(log.signer.verifier()));
        assertThat(verifier.verify(read.getSignedData().getBytes(StandardCharsets.UTF_8), signature.getSignature()))
                .isTrue();
    }

    @Test
    void itRefusesACheckpointTamperedWith() throws Exception {
        var read = Checkpoints.from(log.grow(300).toString().replace("\n300\n", "\n301\n"));
        var verifier = Verifiers.newVerifier(key(log.signer.verifier()));

        var signature = read.getSignatures().getFirst().getSignature();
        assertThat(verifier.verify(read.getSignedData().getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        var unsigned = log.checkpoint().text();
        assertThatThrownBy(() -> Checkpoints.from(unsigned)).hasMessageContaining("Checkpoint");
    }

    private byte[] leafHash(long index) {
        return Merkle.leaf(log.leaf(index)).bytes();
    }

    private List<byte[]> path(long index) throws IOException {
        return Proofs.inclusion(log, log.tree().size(), index).stream()
                .map(Hash::bytes)
                .toList();
    }

    private byte[] root() {
        return log.tree().root().bytes();
    }

    /// RFC 8410 §4: SubjectPublicKeyInfo of an Ed25519 key.
    static PublicKey key(NoteVerifier verifier) throws Exception {
        var spki = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(verifier.publicKey()));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    }
}
