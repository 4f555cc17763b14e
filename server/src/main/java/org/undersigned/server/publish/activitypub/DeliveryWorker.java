package org.undersigned.server.publish.activitypub;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Takes activities to the servers of followers, to each in the order in which they were said. A server is taken on
/// by one node at a time, for as long as its lease lasts; a node that dies leaves the rest to another, which at
/// worst delivers one activity again: its id is the same, so it is known there.
///
/// A server that does not answer is tried again after 1, 2, 4 … minutes, at most 12 hours; after sixteen tries in
/// vain, some three days (a broken machine is mended after a weekend), it is forgotten with its followers.
final class DeliveryWorker implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DeliveryWorker.class.getName());
    private static final int MOST_AT_ONCE = 16;
    private static final int MOST_TO_ONE = 25;
    private static final int MOST_FAILURES = 16;
    private static final Duration LEASE = Duration.ofMinutes(10); // 25 times two requests of 10 seconds fit
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
    private static final int GONE = 410;
    /// Refusals that may pass: no proof (their fetch of our key failed), nothing there any more (or not yet again),
    /// a slow request, too many.
    private static final Set<Integer> MAY_PASS = Set.of(401, 404, 408, 429);

    private final ActivityPubStore store;
    private final SignedClient client;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    DeliveryWorker(ActivityPubStore store, SignedClient client, Clock clock) {
        this.store = store;
        this.client = client;
        this.clock = clock;
    }

    /// Sets out to every server that is due, and does not wait.
    void deliverDue() {
        var now = clock.instant();
        store.deleteExpired(now);
        var most = free.drainPermits();
        var taken = 0;
        try {
            for (var server : store.claim(now, now.plus(LEASE), most)) {
                taken++;
                threads.execute(() -> visit(server));
            }
        } finally {
            free.release(most - taken);
        }
    }

    private void visit(ActivityPubStore.DueServer server) {
        try {
            deliver(server);
        } catch (RuntimeException e) {
            // Which server it is stays unsaid; its lease ends by itself.
            LOG.log(Level.WARNING, "a delivery failed: {0}", e.getClass().getName());
        } finally {
            free.release();
        }
    }

    private void deliver(ActivityPubStore.DueServer server) {
        var failures = server.failures();
        for (var waiting : store.waiting(server.inbox(), MOST_TO_ONE)) {
            switch (bring(server.inbox(), waiting)) {
                case TAKEN -> {
                    store.delivered(server.inbox(), waiting.activity());
                    failures = 0;
                }
                case GONE -> {
                    store.forgetServer(server.inbox());
                    return;
                }
                case FAILED -> {
                    failed(server.inbox(), failures + 1);
                    return;
                }
            }
        }
        store.release(new ActivityPubStore.DueServer(server.inbox(), 0), Instant.EPOCH);
    }

    /// @param failures so far, one after the other
    private void failed(String inbox, int failures) {
        if (failures >= MOST_FAILURES) {
            store.forgetServer(inbox);
        } else {
            store.release(
                    new ActivityPubStore.DueServer(inbox, failures),
                    clock.instant().plus(pause(failures)));
        }
    }

    /// @param failures so far, from 1
    static Duration pause(int failures) {
        var pause = FIRST_PAUSE.multipliedBy(1L << (failures - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private enum Outcome {
        /// Or refused for good: sending it again would change nothing.
        TAKEN,
        FAILED,
        GONE
    }

    private Outcome bring(String inbox, ActivityPubStore.WaitingActivity waiting) {
        try {
            var address = URI.create(inbox);
            var body = GancioForms.isAt(address) ? GancioForms.plain(waiting.body()) : waiting.body();
            var status = client.send(waiting.campaign(), address, body.getBytes(StandardCharsets.UTF_8));
            if (status == GONE) return Outcome.GONE;
            var refused = status / 100 == 4 && !MAY_PASS.contains(status);
            return status / 100 == 2 || refused ? Outcome.TAKEN : Outcome.FAILED;
        } catch (IOException e) {
            return Outcome.FAILED;
        }
    }

    /// Lets what is under way end, up to five seconds; leases do the rest.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            var _ = threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
