package org.undersigned.server.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Renders slow outputs (PDFs, pictures) one after another on a separate thread, so that pages do not wait for
/// them. Results are cached by everything that they depend on.
public final class RenderQueue implements AutoCloseable {
    private static final int MAX_WAITING = 64;
    private static final long MAX_BYTES = 64L << 20;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("render").factory());
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final Cache<String, byte[]> rendered = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((String _, byte[] bytes) -> bytes.length)
            .build();

    /// Returns the cached result, or renders it and waits for it.
    ///
    /// @param key everything that the result depends on
    /// @throws Problem 503 if too many requests wait already
    public byte[] render(String key, Supplier<byte[]> work) {
        var known = rendered.getIfPresent(key);
        if (known != null) return known;
        if (!places.tryAcquire()) throw Problem.tryLater();
        try {
            return thread.submit(() -> rendered.get(key, _ -> work.get())).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.tryLater();
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
