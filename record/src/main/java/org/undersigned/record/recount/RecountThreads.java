package org.undersigned.record.recount;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Who does the work of one recount: virtual threads that wait for the site, and one platform thread a core that
/// counts (the cryptography is native and would hold a carrier thread).
record RecountThreads(ExecutorService reading, ExecutorService counting, int ahead) implements AutoCloseable {
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
