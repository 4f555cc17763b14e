package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.tlog.Monitor.Sight;

final class MonitorTest {
    private final GrowingLog log = new GrowingLog();
    private final Monitor monitor = new Monitor(log.client(), Monitor.EMPTY);
    private final List<String> seen = new ArrayList<>();

    private Sight next() throws IOException {
        return monitor.next(this::take);
    }

    private void take(long index, byte[] entry) {
        assertThat(entry).isEqualTo(log.leaf(index));
        seen.add(Long.toString(index));
    }

    @Test
    void everyEntryIsSeenOnceAndInOrder() throws IOException {
        assertThat(next()).isInstanceOf(Sight.Unchanged.class);
        var size = 0;
        for (var batch : new int[] {1, 254, 1, 1, 300, 700}) {
            var note = log.grow(batch);
            assertThat(next()).isEqualTo(new Sight.Grown(size, note));
            size += batch;
            assertThat(next()).isEqualTo(new Sight.Unchanged(note));
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

        assertThat(new Monitor(log.client(), kept).next(this::take)).isEqualTo(new Sight.Grown(300, note));
        assertThat(seen).hasSize(10).startsWith("300");
    }

    @Test
    void anotherHistoryIsKeptAsEvidence() throws IOException {
        log.grow(20);
        next();
        var liar = new GrowingLog("other ");
        for (var size : new int[] {10, 10, 5}) { // shorter, as long, longer
            liar.grow(size);
            // a shorter tree is compared with the tiles of the trusted one, which only the honest log has
            var client = liar.tree().size() < 20 ? new LogClient(log.policy(), liar, log) : liar.client();
            var shown = new Monitor(client, log.tree());

            assertThat(shown.next((_, _) -> {
                        throw new AssertionError("nothing of it is handed out");
                    }))
                    .isEqualTo(new Sight.Forked(log.tree(), liar.checkpoint()));
            assertThat(shown.trusted()).isEqualTo(log.tree());
        }
    }

    @Test
    void aSlowMirrorIsOnlyBehind() throws IOException {
        var old = log.grow(20);
        log.grow(300);
        next();
        var behind = new Monitor(new LogClient(log.policy(), () -> old, log), monitor.trusted());

        assertThat(behind.next(this::take)).isEqualTo(new Sight.Behind(old));
        assertThat(behind.trusted()).isEqualTo(log.tree());
    }

    @Test
    void whatCannotBeTakenIsHandedOutAgain() throws IOException {
        log.grow(5);

        assertThatThrownBy(() -> monitor.next((index, _) -> {
                    if (index == 3) throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(monitor.trusted()).isEqualTo(Monitor.EMPTY);
        next();
        assertThat(seen).hasSize(5);
    }

    @Test
    void anUnsignedCheckpointIsNeitherTakenNorEvidence() {
        log.grow(5);
        var unsigned = NoteSigner.ed25519(GrowingLog.ORIGIN, LogClientTest.filled(5))
                .sign(log.checkpoint().text());
        var fooled = new Monitor(new LogClient(log.policy(), () -> unsigned, log), Monitor.EMPTY);

        assertThatThrownBy(() -> fooled.next(this::take)).isInstanceOf(UnprovenException.class);
    }
}
