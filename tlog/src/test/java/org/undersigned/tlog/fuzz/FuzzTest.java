package org.undersigned.tlog.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.undersigned.testkit.Fuzzing;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.GrowingLog;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.http.FuzzPackedTile;
import org.undersigned.tlog.http.FuzzWitnessAnswer;
import org.undersigned.tlog.witness.AddCheckpoint;

/// Coverage-guided fuzzing of every parser, some seconds each, starting from valid inputs. A bug found fails the
/// test.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class FuzzTest {
    private static final Duration TIME = Duration.ofSeconds(2);

    private final GrowingLog log = new GrowingLog();
    private final Cosigner cosigner = Cosigner.ed25519("witness.example/w1", new byte[32]);

    @Test
    void pathsOfTiles() throws Exception {
        fuzz(FuzzTilePath.class, "tile/0/x001/x234/067.p/8", "tile/entries/000", "tile/7/999");
    }

    @Test
    void textsOfCheckpoints() throws Exception {
        fuzz(FuzzCheckpoint.class, log.grow(3).text(), log.checkpoint().text() + "an extension\n");
    }

    @Test
    void notes() throws Exception {
        var note = log.grow(3);
        var cosignature = cosigner.cosign(note, Instant.EPOCH);
        fuzz(FuzzNote.class, note.toString(), note.with(List.of(cosignature)).toString(), "x\n\n\u2014 n AAAAAAAA\n");
    }

    @Test
    void verifierKeys() throws Exception {
        fuzz(
                FuzzVerifierKey.class,
                log.signer.verifier().vkey(),
                cosigner.verifier().vkey(),
                Cosigner.mlDsa44("witness.example/w2", new byte[32]).verifier().vkey());
    }

    @Test
    void proofs() throws Exception {
        log.grow(9);
        var proof = log.client().latest().proof(5);
        fuzz(
                FuzzLogProof.class,
                proof.text(),
                proof.withExtra(new byte[] {1, 2}).text());
    }

    @Test
    void requestsToWitnesses() throws Exception {
        log.grow(3);
        var note = log.grow(6);
        fuzz(
                FuzzAddCheckpoint.class,
                new AddCheckpoint(3, Proofs.consistency(log, 3, 9), note).text(),
                new AddCheckpoint(0, List.of(), note).text());
    }

    @Test
    void answersOfWitnesses() throws Exception {
        var note = log.grow(3);
        var cosignature = cosigner.cosign(note, Instant.EPOCH).line();
        fuzz(FuzzSignatureLines.class, cosignature, cosignature + cosignature, "");
    }

    @Test
    void whatAWitnessAnswers() throws Exception {
        var cosignature = FuzzWitnessAnswer.cosignature();
        fuzz(FuzzWitnessAnswer.class, "\u0000" + cosignature, "\u00017\n", "\u0002no\n");
    }

    @Test
    void whatAServerPacks() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[9_000]);
        }
        fuzz(FuzzPackedTile.class, List.of(packed.toByteArray()));
    }

    @Test
    void whatAWitnessRemembers() throws Exception {
        fuzz(FuzzWitnessState.class, log.grow(3).text(), "", "o\n0\n");
    }

    @Test
    void bundles() throws Exception {
        var bundle = EntryBundle.encode(List.of("one".getBytes(StandardCharsets.UTF_8), new byte[0]));
        fuzz(FuzzEntryBundle.class, "\u0001" + new String(bundle, StandardCharsets.ISO_8859_1));
    }

    private static void fuzz(Class<?> target, String... seeds) throws Exception {
        fuzz(
                target,
                Stream.of(seeds)
                        .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static void fuzz(Class<?> target, List<byte[]> seeds) throws Exception {
        assertThat(Fuzzing.run(target, Tile.class, TIME, seeds))
                .isGreaterThanOrEqualTo(seeds.size()); // usually thousands more; a busy machine runs only the seeds
    }
}
