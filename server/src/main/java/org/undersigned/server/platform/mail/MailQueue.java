package org.undersigned.server.platform.mail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Makes and sends a code after the server has sent the response "a code is on its way", so that the response takes
/// the same time for everybody. In memory only: a crash loses a code, which the person can request again, and never
/// leaves an address on disk.
public final class MailQueue implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MailQueue.class.getName());
    private static final int MAX_WAITING = 20_000; // two minutes of the greatest load, 11,000 a minute
    private static final int AT_ONCE = 16; // mails at a time, one connection each: 200 a second at 80 ms each
    private static final int TRIES = 3;

    private final MailTransport transport;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("outbox-", 0).daemon().factory());

    public MailQueue(MailTransport transport) {
        this.transport = transport;
    }

    /// Runs `work` soon on one of the queue's threads.
    ///
    /// @return false if the queue is full; then `work` does not run
    public boolean submit(Runnable work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.log(
                            Level.WARNING,
                            "creating a code failed: {0}",
                            e.getClass().getSimpleName());
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /// Sends a mail now. Tries again after a short pause if the mail server does not accept it.
    public void send(EmailAddress to, String subject, String text) {
        for (var attempt = 1; ; attempt++) {
            try {
                transport.send(to, subject, text);
                return;
            } catch (MailTransport.NotSent e) {
                LOG.log(
                        Level.WARNING,
                        "the mail server did not accept a code mail (try {0} of {1}): {2}",
                        attempt,
                        TRIES,
                        e.getMessage());
                if (attempt == TRIES || !pause(attempt)) return;
            }
        }
    }

    private static boolean pause(int attempt) {
        try {
            Thread.sleep(1000L * attempt);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        transport.close();
    }
}
