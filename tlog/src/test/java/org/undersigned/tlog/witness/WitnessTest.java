package org.undersigned.tlog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.GrowingLog;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteSigner;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tree;

/// c2sp.org/tlog-witness: one test per MUST.
final class WitnessTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final GrowingLog log = new GrowingLog();
    private final Cosigner cosigner = Cosigner.ed25519("witness.example", new byte[32]);
    private final MemoryWitnessState state = new MemoryWitnessState();
    private final Witness witness = witness(state);

    @TempDir
    private Path folder;

    private Witness witness(WitnessState state) {
        var logs = Map.of(GrowingLog.ORIGIN, List.of(log.signer.verifier()));
        return new Witness(cosigner, logs, state, InstantSource.fixed(NOON));
    }

    private AddCheckpoint from(long old) throws IOException {
        var size = log.tree().size();
        return new AddCheckpoint(old, Proofs.consistency(log, old, size), log.checkpoint());
    }

    private AddCheckpointResponse add(AddCheckpoint request) throws IOException {
        return witness.addCheckpoint(request.text().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLogIsCosignedAsItGrows() throws IOException {
        var old = 0L;
        for (var batch : new int[] {0, 1, 2, 300, 1}) {
            log.grow(batch);
            var answer = (AddCheckpointResponse.Cosigned) add(from(old));

            assertThat(answer.status()).isEqualTo(200);
            var cosigned = Note.parse(log.checkpoint() + answer.body());
            assertThat(cosigner.verifier().time(cosigned)).hasValue(NOON.getEpochSecond());
            assertThat(state.latest(GrowingLog.ORIGIN)).isEqualTo(log.tree());
            old = log.tree().size();
        }
        assertThat(add(from(old)))
                .isInstanceOf(AddCheckpointResponse.Cosigned.class); // repeated, after its response was lost
    }

    @Test
    void anOldSizeThatIsNotTheLatestIsToldTheLatest() throws IOException {
        log.grow(5);
        add(from(0));
        log.grow(5);

        var answer = add(from(3));

        assertThat(answer).isEqualTo(new AddCheckpointResponse.Conflict(5));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.contentType()).isEqualTo("text/x.tlog.size");
        assertThat(answer.body()).isEqualTo("5\n");
        assertThat(state.latest(GrowingLog.ORIGIN).size()).isEqualTo(5);
    }

    @Test
    void anotherRootOfTheSameSizeIsAConflict() throws IOException {
        log.grow(5);
        add(from(0));

        var other = log.sign(new Tree(5, Merkle.EMPTY_ROOT));

        assertThat(add(new AddCheckpoint(5, List.of(), other))).isEqualTo(new AddCheckpointResponse.Conflict(5));
    }

    @Test
    void anotherHistoryIsNotCosigned() throws IOException {
        log.grow(5);
        add(from(0));
        var kept = log.tree();
        var liar = new GrowingLog("other ");
        var note = liar.grow(9);

        var answer = add(new AddCheckpoint(5, Proofs.consistency(liar, 5, 9), note));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(state.latest(GrowingLog.ORIGIN)).isEqualTo(kept);
        log.grow(1);
        assertThat(add(new AddCheckpoint(5, List.of(), log.checkpoint())).status())
                .isEqualTo(422);
        assertThat(add(from(5)).status()).isEqualTo(200);
    }

    @Test
    void aProofFromNothingIsEmpty() throws IOException {
        log.grow(5);

        assertThat(add(new AddCheckpoint(0, List.of(Merkle.EMPTY_ROOT), log.checkpoint()))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void anUnknownLogASignatureByNobodyKnownAndASizeAboveAreToldApart() throws IOException {
        var text = log.grow(5).text();
        var other = NoteSigner.ed25519("example.org/other", new byte[32]).sign(text.replace("/log", "/other"));
        var stranger = NoteSigner.ed25519(GrowingLog.ORIGIN, new byte[] {
            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        });

        assertThat(add(new AddCheckpoint(0, List.of(), other)).status()).isEqualTo(404);
        assertThat(add(new AddCheckpoint(0, List.of(), stranger.sign(text))).status())
                .isEqualTo(403);
        assertThat(add(new AddCheckpoint(6, List.of(), log.checkpoint())).status())
                .isEqualTo(400);
        var both = stranger.sign(text).with(log.checkpoint().signatures());
        assertThat(add(new AddCheckpoint(0, List.of(), both)).status()).isEqualTo(200);
    }

    /// c2sp.org/signed-note: an invalid signature with the name and id of a known key makes readers and witnesses
    /// reject the note.
    @Test
    void aForgedSignatureBesideAValidOneSpoilsTheNoteForWitnessAndReader() throws IOException {
        var note = log.grow(5);
        var second = NoteSigner.ed25519("example.org/second", new byte[32]);
        var keys = List.of(log.signer.verifier(), second.verifier());
        var two = new Witness(cosigner, Map.of(GrowingLog.ORIGIN, keys), state, InstantSource.fixed(NOON));
        var policy = new LogPolicy(GrowingLog.ORIGIN, keys, List.of(), 0);
        for (var key : keys) {
            var forged = note.with(List.of(new Note.NoteSignature(key.name(), key.keyId(), new byte[64])));
            var request = new AddCheckpoint(0, List.of(), forged);

            assertThat(two.addCheckpoint(request).status()).isEqualTo(403);
            assertThatThrownBy(() -> policy.check(forged)).hasMessageContaining("does not verify");
        }
        assertThat(state.latest(GrowingLog.ORIGIN)).isEqualTo(Tree.EMPTY);
        assertThat(two.addCheckpoint(new AddCheckpoint(0, List.of(), note)).status())
                .isEqualTo(200);
    }

    @Test
    void aNumberNobodyCouldReadBackIsNoRequest() {
        var note = log.grow(1);
        assertThatThrownBy(() -> new AddCheckpoint(1_000_000_000_000_000_000L, List.of(), note))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddCheckpoint(-1, List.of(), note)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 0\n",
                "old 00\n\n%s",
                "old -1\n\n%s",
                "old\n\n%s",
                "OLD 0\n\n%s",
                "old 0 \n\n%s",
                "old 0\n\n\n%s",
                "old 0\nnonsense\n\n%s",
                "\nold 0\n\n%s",
                "old 0\n%s",
                "old 1234567890123456789\n\n%s",
                "old 0\r\n\n%s",
                "old 0\n\nexample.org/log\n9999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n%s"
            })
    void whatIsNoRequestIsMalformed(String body) throws IOException {
        log.grow(1);
        var bytes = body.replace("%s", log.checkpoint().toString()).getBytes(StandardCharsets.UTF_8);

        assertThat(witness.addCheckpoint(bytes).status()).isEqualTo(400);
    }

    @Test
    void moreThan63HashesAreMalformed() throws IOException {
        log.grow(1);
        var line = "A".repeat(43) + "=\n";

        var body = "old 0\n" + line.repeat(64) + "\n" + log.checkpoint();

        assertThat(witness.addCheckpoint(body.getBytes(StandardCharsets.UTF_8)).body())
                .contains("63");
        var fewer = "old 0\n" + line.repeat(63) + "\n" + log.checkpoint();
        assertThat(witness.addCheckpoint(fewer.getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(422);
    }

    /// The race that the specification describes: a witness never cosigns two different trees from the same size.
    @Test
    void ofManyHistoriesAtOnceOneIsCosigned() throws Exception {
        try (var state = FileWitnessState.open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shared = witness(state);
            Callable<AddCheckpointResponse> one = () -> {
                var history = new GrowingLog(Thread.currentThread().threadId() + " ");
                return shared.addCheckpoint(new AddCheckpoint(0, List.of(), history.grow(3)));
            };

            var answers = threads.invokeAll(java.util.Collections.nCopies(20, one));

            var cosigned = 0;
            for (var answer : answers) cosigned += answer.get().status() == 200 ? 1 : 0;
            assertThat(cosigned).isEqualTo(1);
            assertThat(state.latest(GrowingLog.ORIGIN).size()).isEqualTo(3);
        }
    }

    @Test
    void aFileRemembersAcrossARestartAndIsOneWitnesss() throws IOException {
        log.grow(5);
        try (var state = FileWitnessState.open(folder)) {
            assertThat(state.latest("other")).isEqualTo(Tree.EMPTY);
            assertThat(witness(state).addCheckpoint(from(0)).status()).isEqualTo(200);
            assertThatThrownBy(() -> FileWitnessState.open(folder)).hasMessageContaining("in use");
        }
        try (var state = FileWitnessState.open(folder)) {
            assertThat(state.latest(GrowingLog.ORIGIN)).isEqualTo(log.tree());
            assertThat(witness(state).addCheckpoint(from(0)).status()).isEqualTo(409);
            assertThat(state.replace(GrowingLog.ORIGIN, Tree.EMPTY, log.tree())).isFalse();
        }
    }

    /// Others can read little from the files, but anyone who can write them can have two histories cosigned.
    @Test
    void itsFilesAreForTheirOwnerAlone() throws IOException {
        log.grow(5);
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        try (var state = FileWitnessState.open(folder)) {
            assertThat(witness(state).addCheckpoint(from(0)).status()).isEqualTo(200);
        }

        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void aBrokenFileIsAnOutageNotAFreshStart() throws IOException {
        log.grow(5);
        var file = folder.resolve(
                Hash.sha256(GrowingLog.ORIGIN.getBytes(StandardCharsets.UTF_8)).hex());
        try (var state = FileWitnessState.open(folder)) {
            for (var content : List.of("", "example.org/log\n5\n", "o\n0\n" + Merkle.EMPTY_ROOT.base64() + "\n")) {
                Files.writeString(file, content);
                assertThatThrownBy(() -> witness(state).addCheckpoint(from(0))).isInstanceOf(IOException.class);
            }
        }
    }
}
