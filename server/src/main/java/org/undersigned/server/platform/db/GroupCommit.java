package org.undersigned.server.platform.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.undersigned.server.platform.job.Busy;

/// Stores the work of many requests in one transaction: what arrives while a transaction commits is stored together by
/// the next one. So the disk is asked to keep something once for many requests, and each is answered when its own
/// transaction has committed. Thread-safe.
///
/// @param <W> the work of a request
/// @param <R> what is answered to it
public final class GroupCommit<W, R> {
    private static final int MOST_WAITING = 8_192;
    private static final int LARGEST = 512;

    private final Function<List<W>, List<R>> transaction;
    private final BlockingQueue<Waiting<W, R>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean isCommitting = new AtomicBoolean();

    private record Waiting<W, R>(W work, CompletableFuture<R> result) {}

    /// @param transaction stores all of a list in one transaction; returns the results in the order of the list
    public GroupCommit(Function<List<W>, List<R>> transaction) {
        this.transaction = transaction;
    }

    /// Stores `work` and waits until it is durable.
    ///
    /// @throws Busy if too much work waits already; nothing was done
    /// @throws RuntimeException what the transaction threw
    public R store(W work) {
        var own = new Waiting<W, R>(work, new CompletableFuture<>());
        if (!waiting.offer(own)) throw new Busy();
        commitWaiting();
        try {
            return own.result().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    /// How much work waits for the next transaction.
    int waiting() {
        return waiting.size();
    }

    /// Starts a thread that commits until nothing waits, unless there is one.
    private void commitWaiting() {
        if (isCommitting.compareAndSet(false, true)) Thread.startVirtualThread(this::commitAll);
    }

    private void commitAll() {
        try {
            var group = new ArrayList<Waiting<W, R>>();
            while (waiting.drainTo(group, LARGEST) > 0) {
                commit(group);
                group.clear();
            }
        } finally {
            isCommitting.set(false);
            if (!waiting.isEmpty()) commitWaiting();
        }
    }

    private void commit(List<Waiting<W, R>> group) {
        try {
            var results = transaction.apply(group.stream().map(Waiting::work).toList());
            for (var i = 0; i < group.size(); i++) group.get(i).result().complete(results.get(i));
        } catch (Throwable e) { // each request says what happened to it
            for (var one : group) one.result().completeExceptionally(e);
        }
    }
}
