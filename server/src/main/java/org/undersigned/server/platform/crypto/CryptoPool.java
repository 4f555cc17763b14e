package org.undersigned.server.platform.crypto;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.undersigned.server.platform.job.Busy;

/// Runs RSA and Ed25519 on platform threads, one per processor. On a virtual thread these operations would block
/// the carrier thread and delay every other request (measured: a page's p99 rose from 6 ms to a second).
public final class CryptoPool implements AutoCloseable {
    private static final int MAX_WAITING = 4096;

    private final ThreadPoolExecutor threads;

    public CryptoPool() {
        var n = Runtime.getRuntime().availableProcessors();
        threads = new ThreadPoolExecutor(
                n,
                n,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name("crypto-", 0).daemon().factory());
    }

    /// Runs `work` on the pool and waits for it.
    ///
    /// @throws Busy if too much work waits already; nothing was done, and the response to the client is "try later"
    public <T> T call(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new Busy();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
