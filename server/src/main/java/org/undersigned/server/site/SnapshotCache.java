package org.undersigned.server.site;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;

/// Holds the newest [Snapshot]. It is read again after a change, and also when it is ten seconds old, since whether
/// something is open or overdue changes with time alone.
public final class SnapshotCache {
    private static final Duration OLDEST = Duration.ofSeconds(10);

    private final CampaignStore campaigns;
    private final Boxes boxes;
    private final Register register;
    private final Clock clock;
    private final AtomicReference<@Nullable Snapshot> current = new AtomicReference<>();
    private final AtomicLong changes = new AtomicLong();
    private final ReentrantLock reading = new ReentrantLock();

    /// @param register says which boxes are offered, and how many books are tallied
    public SnapshotCache(CampaignStore campaigns, Boxes boxes, Register register, Clock clock) {
        this.campaigns = campaigns;
        this.boxes = boxes;
        this.register = register;
        this.clock = clock;
    }

    /// Marks the snapshot as out of date.
    public void invalidate() {
        changes.incrementAndGet();
        current.set(null);
    }

    Snapshot current() {
        var known = current.get();
        if (known != null && isFresh(known)) return known;
        reading.lock(); // one thread reads for all threads that wait
        try {
            known = current.get();
            if (known != null && isFresh(known)) return known;
            var before = changes.get();
            var published = boxes.published();
            var fresh = new Snapshot(
                    clock.instant(),
                    campaigns.all(),
                    published,
                    register.offered(),
                    register.talliedSince(
                            published.stream().map(SignedShare::opening).collect(Collectors.toSet())),
                    register.cards());
            current.set(fresh);
            if (changes.get() != before) current.set(null); // something changed while it was read
            return fresh;
        } finally {
            reading.unlock();
        }
    }

    private boolean isFresh(Snapshot snapshot) {
        var age = Duration.between(snapshot.taken(), clock.instant()); // negative if the clock has been set back
        return !age.isNegative() && age.compareTo(OLDEST) < 0;
    }
}
