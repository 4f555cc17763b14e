package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.tlog.Monitor.Observation;

final class MonitorTest {
    private final GrowingLog log = new GrowingLog();
    private final MemoryTiles own = new MemoryTiles();
    private final Monitor monitor = new Monitor(log.client(), Tree.EMPTY, own);
    private final List<String> seen = new ArrayList<>();

    private Observation next() throws IOException {
        return monitor.next(this::take);
    }

    private void take(long index, byte[] entry) {
        assertThat(entry).isEqualTo(log.leaf(index));
        seen.add(Long.toString(index));
    }

    @Test
    void everyEntryIsSeenOnceAndInOrder() throws IOException {
        assertThat(next()).isInstanceOf(Observation.Unchanged.class);
        var size = 0;
        for (var batch : new int[] {1, 254, 1, 1, 300, 700}) {
            var note = log.grow(batch);
            assertThat(next()).isEqualTo(new Observation.Grown(size, note));
            size += batch;
            assertThat(next()).isEqualTo(new Observation.Unchanged(note));
            assertThat(monitor.trusted()).isEqualTo(log.tree());
        }
        assertThat(seen).hasSize(size);
        for (var i = 0; i < size; i++) assertThat(seen.get(i)).isEqualTo(Integer.toString(i));
    }

    @Test
    void aMonitorGoesOnFromWhereItsOwnerLeftIt() throws IOException {
        log.grow(300);
        var kept = log.tree();
        var note = log.grow(10);

        assertThat(new Monitor(log.client(), kept, new MemoryTiles()).next(this::take))
                .isEqualTo(new Observation.Grown(300, note));
        assertThat(seen).hasSize(10).startsWith("300");
    }

    @Test
    void anotherHistoryIsKeptAsEvidence() throws IOException {
        log.grow(20);
        next();
        var liar = new GrowingLog("other ");
        for (var size : new int[] {10, 10, 5}) { // shorter, as long, longer
            liar.grow(size);
            var shown = new Monitor(liar.client(), log.tree(), own);

            assertThat(shown.next((_, _) -> {
                        throw new AssertionError("nothing of it is handed out");
                    }))
                    .isEqualTo(new Observation.Forked(log.tree(), liar.checkpoint()));
            assertThat(shown.trusted()).isEqualTo(log.tree());
        }
    }

    @Test
    void aSlowMirrorIsOnlyBehind() throws IOException {
        var old = log.grow(20);
        log.grow(300);
        next();
        // either source is enough: the monitor's own tiles, or those of a server that has the newer log
        for (var tiles : List.of(own, new MemoryTiles())) {
            var behind = new Monitor(new LogClient(log.policy(), () -> old, log), monitor.trusted(), tiles);

            assertThat(behind.next(this::take)).isEqualTo(new Observation.Behind(old));
            assertThat(behind.trusted()).isEqualTo(log.tree());
        }
    }

    /// The mirror has the tiles of 20 leaves and nothing newer; the monitor has seen 320 leaves.
    @Test
    void aMirrorWithItsOwnTilesOnlyIsBehindAndALiarIsNot() throws IOException {
        var mirror = new GrowingLog();
        var old = mirror.grow(20);
        log.grow(20);
        next();
        log.grow(300);
        next();
        var behind = new Monitor(mirror.client(), monitor.trusted(), own);
        assertThat(behind.next(this::take)).isEqualTo(new Observation.Behind(old));

        var liar = new GrowingLog("other ");
        var lie = liar.grow(20);
        var shown = new Monitor(liar.client(), monitor.trusted(), own);
        assertThat(shown.next(this::take)).isEqualTo(new Observation.Forked(log.tree(), lie));

        // a monitor that lost its tiles cannot decide, but still has the signed note as evidence
        for (var other : List.of(mirror, liar)) {
            var lost = new Monitor(other.client(), monitor.trusted(), new MemoryTiles());
            assertThat(lost.next(this::take)).isEqualTo(new Observation.Unjudged(log.tree(), other.checkpoint()));
            assertThat(lost.trusted()).isEqualTo(log.tree());
        }
    }

    @Test
    void whatAMonitorKeepsIsTheTreeOfWhatItHasSeen() throws IOException {
        for (var batch : new int[] {1, 254, 1, 1, 300, 70_000}) {
            log.grow(batch);
            next();
            assertThat(Proofs.rootOf(own, log.tree().size()))
                    .isEqualTo(log.tree().root());
        }
    }

    @Test
    void whatCannotBeTakenIsHandedOutAgain() throws IOException {
        log.grow(5);

        assertThatThrownBy(() -> monitor.next((index, _) -> {
                    if (index == 3) throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(monitor.trusted()).isEqualTo(Tree.EMPTY);
        next();
        assertThat(seen).hasSize(5);
    }

    @Test
    void anUnsignedCheckpointIsNeitherTakenNorEvidence() {
        log.grow(5);
        var unsigned = NoteSigner.ed25519(GrowingLog.ORIGIN, LogClientTest.filled(5))
                .sign(log.checkpoint().text());
        var fooled = new Monitor(new LogClient(log.policy(), () -> unsigned, log), Tree.EMPTY, own);

        assertThatThrownBy(() -> fooled.next(this::take)).isInstanceOf(UnprovenException.class);
    }
}
