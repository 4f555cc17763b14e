package org.undersigned.server.count.witness;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.undersigned.server.count.register.InstanceLog;
import org.undersigned.server.count.register.Register;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.http.WitnessClient;
import org.undersigned.tlog.http.WitnessClient.Outcome;

/// Requests a cosignature from each of this instance's witnesses for each new checkpoint of the register and
/// of the ledger, with one thread per witness and log. Meanwhile the checkpoint is served with the
/// cosignatures that it has: an unreachable witness delays nothing.
public final class CosignatureCollector implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CosignatureCollector.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// The longest wait for a notification, since a notification may be lost.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Register register;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<WitnessLoop> loops;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private CosignatureCollector(Register register, List<WitnessPeers.Peer> witnesses) {
        this.register = register;
        loops = witnesses.stream()
                .flatMap(witness -> Stream.of(InstanceLog.values()).map(log -> new WitnessLoop(witness, log)))
                .toList();
    }

    /// Starts the requests; they continue until [#close].
    public static CosignatureCollector start(Register register, List<WitnessPeers.Peer> witnesses) {
        var cosignatures = new CosignatureCollector(register, witnesses);
        for (var one : cosignatures.loops) {
            Thread.ofVirtual().name("cosigning by " + one.name()).start(one);
        }
        return cosignatures;
    }

    /// Checks the register again, because it may have a new checkpoint. Returns immediately.
    public void change() {
        loops.forEach(WitnessLoop::wake);
    }

    /// Stops the threads and aborts requests that are under way.
    @Override
    public void close() {
        stopped.countDown();
        loops.forEach(WitnessLoop::wake);
        http.shutdownNow();
    }

    /// Sends requests for one log to one witness, again and again.
    private final class WitnessLoop implements Runnable {
        private final InstanceLog log;
        private final CosignatureVerifier key;
        private final WitnessClient client;
        private final Semaphore news = new Semaphore(0);

        WitnessLoop(WitnessPeers.Peer witness, InstanceLog log) {
            this.log = log;
            key = witness.key();
            client = new WitnessClient(http, witness.prefix(), key);
        }

        String name() {
            return key.name();
        }

        void wake() {
            news.release();
        }

        @Override
        public void run() {
            var pause = FIRST_PAUSE;
            try {
                while (stopped.getCount() > 0) {
                    if (isCosigned()) {
                        pause = FIRST_PAUSE;
                        var _ = news.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                    } else {
                        var _ = stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                        var longer = pause.multipliedBy(2);
                        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
                    }
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// True if the newest checkpoint has this witness's cosignature. Requests the cosignature if it is
        /// missing.
        private boolean isCosigned() {
            try {
                var newest = register.published(log);
                var known = register.cosignedSize(log, name());
                if (known == newest.size()) return true;
                var outcome = client.cosign(Note.parse(newest.note()), register.tiles(log), known);
                if (outcome instanceof Outcome.Cosigned(var lines)) {
                    register.keepCosignatures(log, name(), newest.size(), lines);
                    return true;
                }
                say(
                        outcome instanceof Outcome.Conflict(var size)
                                ? "it has cosigned another tree, of " + size + " leaves"
                                : "it refused");
            } catch (IOException | RuntimeException | Error e) { // it asks until closed
                if (stopped.getCount() > 0) say(e.getClass().getSimpleName());
            }
            return false;
        }

        private void say(String what) {
            LOG.log(Level.WARNING, "the witness {0} did not cosign the {1}: {2}", name(), log.id(), what);
        }
    }
}
