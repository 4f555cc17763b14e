package org.undersigned.server.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.undersigned.server.relay.SealedQueue.Waiting;

/// Chooses which of the waiting requests go on now, and in which order: never in the order of arrival.
///
/// A request is ripe after a random time of its own. Of 2 × `minBatch` ripe ones or more, all but `minBatch`
/// go on, chosen at random. A request that is due goes on in any case, and each of the other ripe ones with
/// it with probability one half.
final class Mix {
    private final int minBatch;
    private final RandomGenerator random;

    Mix(int minBatch, RandomGenerator random) {
        this.minBatch = minBatch;
        this.random = random;
    }

    /// @return in the order in which to send them; empty if all stay
    List<Waiting> choose(List<Waiting> waiting, Instant now) {
        var due = new ArrayList<Waiting>();
        var others = new ArrayList<Waiting>();
        for (var one : waiting) {
            if (!one.due().isAfter(now)) due.add(one);
            else if (!one.from().isAfter(now)) others.add(one);
        }
        var source = Random.from(random);
        Collections.shuffle(others, source);
        var chosen = new ArrayList<>(due);
        if (others.size() >= 2 * minBatch) {
            chosen.addAll(others.subList(minBatch, others.size()));
        } else if (!due.isEmpty()) {
            others.stream().filter(_ -> source.nextBoolean()).forEach(chosen::add);
        }
        Collections.shuffle(chosen, source);
        return chosen;
    }
}
