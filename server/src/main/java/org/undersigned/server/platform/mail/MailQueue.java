package org.undersigned.server.platform.mail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Makes and sends a code after the server has sent the response "a code is on its way", so that the response takes
/// the same time for everybody. In memory only: a crash loses a code, which the person can request again, and never
/// leaves an address on disk.
///
/// A stranger who requests codes for thousands of invented addresses delays nobody much: no thread waits for an
/// address that fails (a mail that the mail server refuses permanently is dropped, and one that it refuses for now
/// waits apart), and each thread takes the newest and the oldest work in turn, so that a request after the flood does
/// not wait for all of it.
public final class MailQueue implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MailQueue.class.getName());
    private static final int MAX_WAITING = 20_000; // two minutes of the greatest load, 11,000 a minute
    private static final int MAX_DELAYED = 5_000;
    private static final int AT_ONCE = 16; // mails at a time, one connection each: 200 a second at 80 ms each

    private final MailTransport transport;
    private final List<Duration> delays;
    private final BlockingDeque<Runnable> waiting = new LinkedBlockingDeque<>(MAX_WAITING);
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("outbox-", 0).daemon().factory());
    private final ScheduledThreadPoolExecutor delayed = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("outbox-delayed").daemon().factory());
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean closed;

    public MailQueue(MailTransport transport) {
        // together five minutes, as long as a server that greylists waits: a code is valid for ten minutes after them
        this(transport, List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(265)));
    }

    /// @param delays how long a mail waits before each further try
    MailQueue(MailTransport transport, List<Duration> delays) {
        this.transport = transport;
        this.delays = List.copyOf(delays);
        for (var i = 0; i < AT_ONCE; i++) threads.execute(this::work);
        delayed.scheduleWithFixedDelay(this::logRefused, 1, 1, TimeUnit.MINUTES);
    }

    /// Runs `work` soon on one of the queue's threads.
    ///
    /// @return false if the queue is full; then `work` does not run
    public boolean submit(Runnable work) {
        return waiting.offerLast(work);
    }

    private void work() {
        for (var newest = false; !closed; newest = !newest) {
            try {
                var work = newest ? waiting.takeLast() : waiting.takeFirst();
                work.run();
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "interrupted"); // goes on, unless the queue is closed
            } catch (RuntimeException | Error e) { // no thread may end while the queue is open
                LOG.log(
                        Level.WARNING,
                        "creating a code failed: {0}",
                        e.getClass().getSimpleName());
            }
        }
    }

    /// Sends a mail now. If the mail server does not accept it for now, sends it again later.
    public void send(EmailAddress to, String subject, String text) {
        send(to, subject, text, 0);
    }

    private void send(EmailAddress to, String subject, String text, int failures) {
        try {
            transport.send(to, subject, text);
        } catch (MailTransport.NotSent e) {
            if (e.isPermanent()) {
                refused.incrementAndGet();
                return;
            }
            var isLast = failures == delays.size() || delayed.getQueue().size() >= MAX_DELAYED;
            LOG.log(
                    Level.WARNING,
                    "the mail server did not accept a code mail (try {0}{1}): {2}",
                    failures + 1,
                    isLast ? ", the last" : "",
                    e.getMessage());
            if (isLast) return;
            try {
                delayed.schedule(
                        () -> submit(() -> send(to, subject, text, failures + 1)),
                        delays.get(failures).toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopped) {
                LOG.log(Level.DEBUG, "the queue is closed: a code mail is dropped");
            }
        }
    }

    /// One line a minute, however many addresses a stranger invents.
    private void logRefused() {
        var count = refused.getAndSet(0);
        if (count > 0) LOG.log(Level.WARNING, "the mail server refused {0} code mails for good", count);
    }

    @Override
    public void close() {
        closed = true;
        delayed.shutdownNow();
        threads.shutdownNow();
        transport.close();
    }
}
