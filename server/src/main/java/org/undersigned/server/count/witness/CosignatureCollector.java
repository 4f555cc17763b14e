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
import org.undersigned.server.count.register.Register;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.http.WitnessClient;
import org.undersigned.tlog.http.WitnessClient.Outcome;

/// Has this instance's witnesses cosign each new checkpoint of the register, each asked by a thread of its own. The
/// checkpoint is served meanwhile without what is missing: a witness that is away holds up nothing.
public final class CosignatureCollector implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CosignatureCollector.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// A word of a change may be lost.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Register register;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<Asking> asking;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private CosignatureCollector(Register register, List<WitnessPeers.Peer> witnesses) {
        this.register = register;
        asking = witnesses.stream().map(Asking::new).toList();
    }

    /// Asks from now on.
    public static CosignatureCollector start(Register register, List<WitnessPeers.Peer> witnesses) {
        var cosignatures = new CosignatureCollector(register, witnesses);
        for (var one : cosignatures.asking) {
            Thread.ofVirtual().name("cosigning by " + one.name()).start(one);
        }
        return cosignatures;
    }

    /// The register may have a new checkpoint. Quick.
    public void change() {
        asking.forEach(Asking::wake);
    }

    /// Lets a question under way come to nothing.
    @Override
    public void close() {
        stopped.countDown();
        asking.forEach(Asking::wake);
        http.shutdownNow();
    }

    /// One witness, asked again and again.
    private final class Asking implements Runnable {
        private final CosignatureVerifier key;
        private final WitnessClient client;
        private final Semaphore news = new Semaphore(0);

        Asking(WitnessPeers.Peer witness) {
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
                        var _ = news.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
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

        /// True once the newest checkpoint has this witness's cosignature, be it just now.
        private boolean isCosigned() {
            try {
                var newest = register.published();
                var known = register.cosignedSize(name());
                if (known == newest.size()) return true;
                var outcome = client.cosign(Note.parse(newest.note()), register.tiles(), known);
                if (outcome instanceof Outcome.Cosigned(var lines)) {
                    register.keepCosignatures(name(), newest.size(), lines);
                    return true;
                }
                say(
                        outcome instanceof Outcome.Conflict(var size)
                                ? "it has cosigned another tree, of " + size + " leaves"
                                : "it refused");
            } catch (IOException | RuntimeException e) {
                if (stopped.getCount() > 0) say(e.getClass().getSimpleName());
            }
            return false;
        }

        private void say(String what) {
            LOG.log(Level.WARNING, "the witness {0} did not cosign: {1}", name(), what);
        }
    }
}
