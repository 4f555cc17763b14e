package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A reader that trusts only the log's key.
final class LogClientTest {
    private final GrowingLog log = new GrowingLog();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 1000, 65_536, 65_537, 70_000})
    void everythingOfALogIsRead(int size) throws IOException {
        log.grow(size);
        var view = log.client().latest();

        for (var index = 0L; index < size; index += 1 + size / 7) {
            assertThat(view.entry(index)).isEqualTo(log.leaf(index));
            assertThat(view.proof(index).verify(Merkle.leaf(log.leaf(index)), log.policy()))
                    .isTrue();
            var root = view.rootAt(index);
            assertThat(Proofs.verifyConsistency(index, root, size, log.tree().root(), view.consistency(index)))
                    .isTrue();
        }
        assertThat(view.rootAt(size)).isEqualTo(view.checkpoint().root());
    }

    @Test
    void anEmptyLogHasNothing() throws IOException {
        var view = log.client().latest();

        assertThat(view.size()).isZero();
        assertThat(view.rootAt(0)).isEqualTo(Merkle.EMPTY_ROOT);
        assertThatThrownBy(() -> view.entry(0)).hasMessageContaining("no leaf 0");
        assertThatThrownBy(() -> view.entries(0, 1, (_, _) -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProofNeedsAFewTilesOfALargeLog() throws IOException {
        log.grow(70_000);
        log.reads.set(0);

        log.client().latest().inclusion(12_345);

        assertThat(log.reads).hasValueLessThanOrEqualTo(5); // three of the edge, one per level below
    }

    /// Changes every byte that a reader can read, one at a time: the reader never returns a wrong entry or a proof
    /// that does not verify.
    @Test
    void noTileThatLiesIsBelieved() throws IOException {
        log.grow(600);
        var honest = new ArrayList<Tile>();
        readAll(tile -> {
            honest.add(tile);
            return log.read(tile);
        });
        for (var lying : honest.stream().distinct().toList()) {
            var length = log.read(lying).length;
            for (var at = 0; at < length; at += 1 + length / 5) {
                var where = at;
                assertThatThrownBy(() -> readAll(tile -> {
                            var data = log.read(tile);
                            if (tile.equals(lying)) data[where] ^= 1;
                            return data;
                        }))
                        .isInstanceOf(UnprovenException.class);
            }
            assertThatThrownBy(() -> readAll(tile -> tile.equals(lying) ? new byte[7] : log.read(tile)))
                    .isInstanceOf(UnprovenException.class);
        }
    }

    private void readAll(TileSource tiles) throws IOException {
        var view = new LogClient(log.policy(), log, tiles).latest();
        view.entries(0, view.size(), (index, entry) -> assertThat(entry).isEqualTo(log.leaf(index)));
        view.consistency(300);
    }

    @Test
    void aPartialTileThatIsGoneIsReadFromTheFullOne() throws IOException {
        var early = log.grow(70);
        log.grow(930);
        TileSource pruned = tile -> {
            if (tile.width() < 256 && tile.index() == 0 && tile.level() < 1) throw new IOException("gone");
            return log.read(tile);
        };

        var view = new LogClient(log.policy(), log, pruned).at(early);

        assertThat(view.entry(69)).isEqualTo(log.leaf(69));
        assertThat(view.rootAt(70)).isEqualTo(view.checkpoint().root());
    }

    @Test
    void whatIsGoneIsAnOutageNotALie() {
        log.grow(3);
        TileSource none = _ -> {
            throw new IOException("gone");
        };

        assertThatThrownBy(() -> new LogClient(log.policy(), log, none).latest())
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void aCheckpointIsTakenOnlyAsThePolicyAsks() {
        var note = log.grow(3);
        var stranger = NoteSigner.ed25519(GrowingLog.ORIGIN, filled(9));
        var other = LogPolicy.of(stranger.verifier());
        var elsewhere = new LogPolicy("example.org/other", List.of(log.signer.verifier()), List.of(), 0);
        var forged = Note.parse(note.toString().replace("\n3\n", "\n2\n"));

        assertThatThrownBy(() -> new LogClient(other, log, log).at(note)).hasMessageContaining("not signed by the log");
        assertThatThrownBy(() -> new LogClient(elsewhere, log, log).at(note)).hasMessageContaining("another log");
        assertThatThrownBy(() -> log.client().at(forged)).hasMessageContaining("does not verify");
        assertThatThrownBy(() -> log.client().at(log.signer.sign("no checkpoint\n")))
                .hasMessageContaining("not a checkpoint");
    }

    @Test
    void aLogMayChangeItsKey() throws IOException {
        var text = log.grow(3).text();
        var next = NoteSigner.ed25519(GrowingLog.ORIGIN, filled(1));
        var policy = new LogPolicy(GrowingLog.ORIGIN, List.of(log.signer.verifier(), next.verifier()), List.of(), 0);

        assertThat(policy.check(log.checkpoint()).size()).isEqualTo(3);
        assertThat(policy.check(next.sign(text)).size()).isEqualTo(3);
        assertThat(policy.check(log.checkpoint().with(next.sign(text).signatures()))
                        .size())
                .isEqualTo(3);
    }

    @Test
    void aPolicyThatCannotBeMetIsRefused() {
        var one = Cosigner.ed25519("one.example", filled(1)).verifier();
        var sameKey = Cosigner.ed25519("two.example", filled(1)).verifier();

        assertThatThrownBy(() -> log.policy().withWitnesses(List.of(one), 2)).hasMessageContaining("the quorum is 2");
        assertThatThrownBy(() -> log.policy().withWitnesses(List.of(one, sameKey), 1))
                .hasMessageContaining("share a key");
        assertThatThrownBy(() -> new LogPolicy("o", List.of(), List.of(), 0)).hasMessageContaining("must have a key");
        assertThatThrownBy(() -> new LogPolicy("", log.policy().keys(), List.of(), 0))
                .hasMessageContaining("origin");
    }

    static byte[] filled(int value) {
        var seed = new byte[32];
        java.util.Arrays.fill(seed, (byte) value);
        return seed;
    }
}
