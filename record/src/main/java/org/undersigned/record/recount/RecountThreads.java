package org.undersigned.record.recount;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The threads of one recount: virtual threads wait for the site, and one platform thread per core counts. Counting
/// uses platform threads because the cryptography is native code and would block a carrier thread.
record RecountThreads(ExecutorService reading, ExecutorService counting, int maxBundlesAhead) implements AutoCloseable {
    static RecountThreads open() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new RecountThreads(
                Executors.newVirtualThreadPerTaskExecutor(),
                Executors.newFixedThreadPool(
                        cores, Thread.ofPlatform().daemon().name("recount-", 0).factory()),
                2 * cores + 2);
    }

    @Override
    public void close() {
        reading.shutdownNow();
        counting.shutdownNow();
    }
}
