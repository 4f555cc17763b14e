package org.undersigned.server.platform.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes what takes long (a PDF, a picture) one after the other on a thread of its own, so that pages need not wait
/// beside it, and remembers the newest: what was made from the same is not made again.
public final class RenderQueue implements AutoCloseable {
    private static final int MOST_WAITING = 64;
    private static final long MOST_BYTES = 64L << 20;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("workshop").factory());
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Map<String, byte[]> made = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /// What `work` makes, or made before.
    ///
    /// @param recipe all that it is made from
    /// @throws Problem 503 if too many wait already
    public byte[] render(String recipe, Supplier<byte[]> work) {
        var known = known(recipe);
        if (known != null) return known;
        if (!places.tryAcquire()) throw Problem.tryLater();
        try {
            return thread.submit(() -> {
                        var meanwhile = known(recipe);
                        if (meanwhile != null) return meanwhile;
                        var fresh = work.get();
                        remember(recipe, fresh);
                        return fresh;
                    })
                    .get();
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

    private synchronized byte @Nullable [] known(String recipe) {
        return made.get(recipe);
    }

    private synchronized void remember(String recipe, byte[] fresh) {
        var old = made.put(recipe, fresh);
        bytes += fresh.length - (old == null ? 0 : old.length);
        var eldest = made.values().iterator();
        while (bytes > MOST_BYTES && eldest.hasNext()) {
            bytes -= eldest.next().length;
            eldest.remove();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
