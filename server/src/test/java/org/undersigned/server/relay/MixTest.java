package org.undersigned.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.undersigned.server.relay.SealedQueue.Waiting;
import org.undersigned.tlog.Hash;

/// Requests go on together, in an order that says nothing, and some always stay.
final class MixTest {
    private static final Instant NOW = Instant.parse("2016-11-16T12:00:00Z");
    private static final int MIN_BATCH = 10;

    private final Mix mix = new Mix(MIN_BATCH, new Random(7));

    private static List<Waiting> waiting(int count, Instant due) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Waiting(Hash.sha256(new byte[] {(byte) n, (byte) (n >> 8)}), new byte[0], NOW, due))
                .toList();
    }

    @Test
    void fewerThanTwoBatchesStay() {
        for (var count = 0; count < 2 * MIN_BATCH; count++) {
            assertThat(mix.choose(waiting(count, NOW.plusSeconds(1)), NOW))
                    .as(count + " wait")
                    .isEmpty();
        }
    }

    @Test
    void ofMoreABatchStaysChosenAtRandom() {
        var all = waiting(25, NOW.plusSeconds(1));
        var stayed = new int[25];
        for (var round = 0; round < 1_000; round++) {
            var gone = new HashSet<>(mix.choose(all, NOW));
            assertThat(gone).hasSize(15);
            for (var n = 0; n < 25; n++) if (!gone.contains(all.get(n))) stayed[n]++;
        }
        assertThat(Arrays.stream(stayed).boxed())
                .allSatisfy(times -> assertThat(times).isBetween(300, 500)); // 400 are expected
    }

    @Test
    void aCrowdOfOthersPushesNobodyOut() {
        var unripe = new Waiting(Hash.sha256(new byte[3]), new byte[0], NOW.plusSeconds(1), NOW.plusSeconds(2));
        var together = new ArrayList<>(waiting(1_000, NOW.plusSeconds(1)));
        together.add(unripe);
        assertThat(mix.choose(together, NOW)).hasSize(990).doesNotContain(unripe);
    }

    @Test
    void theOrderSaysNothingAboutTheArrival() {
        var all = waiting(40, NOW.plusSeconds(1));
        var pairs = 0;
        var inOrder = 0;
        for (var round = 0; round < 200; round++) {
            var chosen = mix.choose(all, NOW);
            for (var i = 0; i + 1 < chosen.size(); i++, pairs++) {
                if (all.indexOf(chosen.get(i)) < all.indexOf(chosen.get(i + 1))) inOrder++;
            }
        }
        assertThat((double) inOrder / pairs).isBetween(0.45, 0.55);
    }

    @Test
    void whatIsDueGoesOnInAnyCaseAndTakesOthersWithIt() {
        var others = waiting(8, NOW.plusSeconds(1));
        var due = new Waiting(Hash.sha256(new byte[3]), new byte[0], NOW, NOW);
        var together = new ArrayList<>(others);
        together.add(due);
        var sizes = new HashSet<Integer>();
        for (var round = 0; round < 200; round++) {
            var chosen = mix.choose(together, NOW);
            assertThat(chosen).contains(due);
            sizes.add(chosen.size());
        }
        assertThat(sizes).hasSizeGreaterThan(5);
        assertThat(mix.choose(List.of(due), NOW)).containsExactly(due);
    }
}
