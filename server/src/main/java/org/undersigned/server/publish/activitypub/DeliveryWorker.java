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

/// Delivers activities to the servers of followers, to each server in the order in which they were announced. One
/// node at a time delivers to a server, until its lease ends. If a node crashes, another node continues; at worst
/// it delivers one activity again, with the same id, so the receiver recognizes it.
///
/// If a server does not respond, the next attempt follows after 1, 2, 4 … minutes, at most 12 hours. After sixteen
/// failed attempts, about three days (a broken machine is repaired after a weekend), the server is deleted with its
/// followers.
final class DeliveryWorker implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DeliveryWorker.class.getName());
    private static final int MOST_AT_ONCE = 16;
    private static final int MAX_ACTIVITIES_PER_SERVER = 25;
    private static final int MOST_FAILURES = 16;
    private static final Duration LEASE = Duration.ofMinutes(10); // enough for 25 times two requests of 10 s
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
    private static final int GONE = 410;
    /// Refusals that may be temporary: 401 (their request for our key failed), 404 (nothing there any more, or not
    /// yet again), 408 (a slow request), 429 (too many requests).
    private static final Set<Integer> TEMPORARY_REFUSALS = Set.of(401, 404, 408, 429);

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

    /// Starts deliveries to servers that are due, at most 16 at once, and does not wait for them.
    void deliverDue() {
        var now = clock.instant();
        store.deleteExpired(now);
        var most = free.drainPermits();
        var taken = 0;
        try {
            for (var server : store.claim(now, now.plus(LEASE), most)) {
                taken++;
                threads.execute(() -> deliverAndRelease(server));
            }
        } finally {
            free.release(most - taken);
        }
    }

    private void deliverAndRelease(ActivityPubStore.DueServer server) {
        try {
            deliver(server);
        } catch (RuntimeException | Error e) {
            // The log does not name the server. The server's lease ends by itself.
            LOG.log(Level.WARNING, "a delivery failed: {0}", e.getClass().getName());
        } finally {
            free.release();
        }
    }

    private void deliver(ActivityPubStore.DueServer server) {
        var failures = server.failures();
        for (var waiting : store.waiting(server.inbox(), MAX_ACTIVITIES_PER_SERVER)) {
            switch (post(server.inbox(), waiting)) {
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

    /// @param failures consecutive failures so far
    private void failed(String inbox, int failures) {
        if (failures >= MOST_FAILURES) {
            store.forgetServer(inbox);
        } else {
            store.release(
                    new ActivityPubStore.DueServer(inbox, failures),
                    clock.instant().plus(pause(failures)));
        }
    }

    /// @param failures consecutive failures so far, at least 1
    static Duration pause(int failures) {
        var pause = FIRST_PAUSE.multipliedBy(1L << (failures - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private enum Outcome {
        /// Accepted, or refused permanently: sending the activity again would change nothing.
        TAKEN,
        FAILED,
        GONE
    }

    private Outcome post(String inbox, ActivityPubStore.WaitingActivity waiting) {
        try {
            var address = URI.create(inbox);
            var body = GancioForms.isGancioInbox(address) ? GancioForms.toGancio(waiting.body()) : waiting.body();
            var status = client.send(waiting.campaign(), address, body.getBytes(StandardCharsets.UTF_8));
            if (status == GONE) return Outcome.GONE;
            var refused = status / 100 == 4 && !TEMPORARY_REFUSALS.contains(status);
            return status / 100 == 2 || refused ? Outcome.TAKEN : Outcome.FAILED;
        } catch (IOException e) {
            return Outcome.FAILED;
        }
    }

    /// Interrupts running deliveries and waits up to five seconds for them to end. Interrupted deliveries are
    /// repeated when their leases end.
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
