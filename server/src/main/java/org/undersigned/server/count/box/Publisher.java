package org.undersigned.server.count.box;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.record.BoxId;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.LogStore;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.LogWriter;

/// Publishes waiting leaves in batches (PROTOCOL §6), then appends the checkpoint to the ledger. A batch leaves some
/// leaves behind, chosen at random, so that whoever knows nine entries of it does not know the tenth.
///
/// A crash before the commit leaves the leaves waiting: tiles, counts and checkpoint appear in one transaction. A
/// crash after it leaves the ledger one checkpoint behind; the next run appends the missing checkpoint.
public final class Publisher {
    private static final int MAX_PART = 16_384;

    private final Jdbi jdbi;
    private final Register register;
    private final Clock clock;
    private final Runnable vacuum;

    /// @param sweep vacuums the dead rows of a batch, which are still on disk in the order of arrival
    public Publisher(Jdbi jdbi, Register register, Clock clock, Runnable sweep) {
        this.jdbi = jdbi;
        this.register = register;
        this.clock = clock;
        this.vacuum = sweep;
    }

    /// Publishes the waiting leaves of every box whose batch is due, then registers the new checkpoints of all of
    /// them at once, and those that an interrupted run did not register.
    ///
    /// @return the boxes that published
    public List<BoxId> publishWaiting() {
        var published = new ArrayList<BoxId>();
        for (var box : jdbi.withHandle(handle -> new BoxStore(handle).unpublished())) {
            if (publishIfDue(box)) published.add(box);
        }
        registerCheckpoints();
        if (!published.isEmpty()) vacuum.run();
        return published;
    }

    private boolean publishIfDue(BoxId box) {
        return jdbi.inTransaction(transaction -> {
            var store = new BoxStore(transaction);
            if (store.state(box).flatMap(state -> due(store, state)).isEmpty()) return false; // nothing is written
            var locked = store.lockForPublishing(box);
            var due = locked.flatMap(state -> due(store, state));
            if (locked.isEmpty() || due.isEmpty()) return false;
            publish(transaction, store, locked.get(), due.get());
            return true;
        });
    }

    /// How many waiting leaves to publish now: the oldest, or any at random.
    private record Due(long leaves, boolean isOldestFirst) {}

    private Optional<Due> due(BoxStore store, BoxStore.State state) {
        if (state.size() == 0) return Optional.of(new Due(0, true));
        var now = clock.instant();
        var rule = state.manifest().publish();
        var since = Duration.between(state.publishedAt(), now); // negative if the clock has been set back
        if (!since.isNegative() && since.toSeconds() < rule.intervalSeconds()) return Optional.empty();
        var waiting = store.waiting(state.box());
        if (waiting.isEmpty()) return Optional.empty();
        var leaves = waiting.get().leaves();
        if (isLate(waiting.get().oldestPublishBy(), rule.intervalSeconds(), now)
                || !now.isBefore(state.manifest().closes())) {
            return Optional.of(new Due(leaves, true));
        }
        var ready = leaves - rule.holdBack();
        return ready < rule.minBatch() ? Optional.empty() : Optional.of(new Due(ready, false));
    }

    /// True from one interval before the promise runs out, so that the promise is kept and not just missed.
    private static boolean isLate(Instant publishBy, long intervalSeconds, Instant now) {
        return !now.isBefore(publishBy.minusSeconds(intervalSeconds));
    }

    /// Publishes all that is due under one checkpoint, in parts that fit in memory.
    private void publish(org.jdbi.v3.core.Handle transaction, BoxStore store, BoxStore.State state, Due due) {
        var box = state.box();
        try {
            var log = new LogStore(transaction, DatabaseRole.BOX, box.value());
            var writer = LogWriter.open(log, log.tree());
            var tree = state.size() == 0 // leaf 0 names the manifest
                    ? writer.append(List.of(state.manifest().leafHash().bytes()))
                    : log.tree();
            for (var left = due.leaves(); left > 0; left -= MAX_PART) {
                var part = store.takeBatch(box, Math.min(left, MAX_PART), due.isOldestFirst());
                store.writeBack(part, tree.size());
                addUp(store, box, part);
                tree = writer.append(part.stream().map(BoxStore.Cast::leaf).toList());
            }
            store.setSize(box, tree.size(), clock.instant());
            new PublishedStore(transaction).addBatch(box.value(), tree.size(), clock.instant());
            var checkpoint = new Checkpoint(state.manifest().origin(), tree.size(), tree.root(), List.of());
            log.publish(tree.size(), register.key().sign(checkpoint).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addUp(BoxStore store, BoxId box, List<BoxStore.Cast> batch) {
        record Group(String cls, int affiliation, byte kind) {}
        var sums = new TreeMap<Group, Long>(java.util.Comparator.comparing(Group::cls)
                .thenComparing(Group::affiliation)
                .thenComparing(Group::kind));
        for (var cast : batch)
            sums.merge(new Group(cast.cls(), cast.affiliation(), cast.key().kind()), 1L, Long::sum);
        sums.forEach((group, n) -> store.count(
                box,
                group.cls(),
                group.affiliation(),
                group.kind() == Boxes.ENTRY ? n : 0,
                group.kind() == Boxes.WITHDRAWAL ? n : 0));
    }

    private void registerCheckpoints() {
        var behind = jdbi.withHandle(handle -> {
            var heads = new LinkedHashMap<BoxId, LogStore.Published>();
            for (var state : new BoxStore(handle).unregistered()) {
                var log = new LogStore(handle, DatabaseRole.BOX, state.box().value()).published();
                heads.put(state.box(), log.orElseThrow());
            }
            return heads;
        });
        var leaves = new ArrayList<LedgerLeaf>();
        behind.forEach((box, head) -> leaves.add(new LedgerLeaf.BoxCheckpoint(box, head.note())));
        register.append(leaves);
        behind.forEach((box, head) ->
                jdbi.useTransaction(transaction -> new BoxStore(transaction).registered(box, head.size())));
    }

    /// A box whose time is over and whose leaves are all published.
    public record Finished(BoxId box, String note) {}

    /// The boxes to close now: their closing time and the grace period are over, no leaf waits, and their newest
    /// checkpoint is registered.
    public List<Finished> finished() {
        return jdbi.withHandle(handle -> {
            var store = new BoxStore(handle);
            var done = new ArrayList<Finished>();
            for (var state : store.endedBefore(clock.instant().minus(Boxes.GRACE))) {
                if (store.waiting(state.box()).isPresent()) continue;
                if (state.registeredSize() < state.size()) continue;
                var log = new LogStore(handle, DatabaseRole.BOX, state.box().value()).published();
                log.ifPresent(newest -> done.add(new Finished(state.box(), newest.note())));
            }
            return done;
        });
    }

    /// Closes a box permanently: it accepts no more entries.
    public void close(BoxId box) {
        jdbi.useTransaction(transaction -> new BoxStore(transaction).close(box));
    }
}
