package org.undersigned.server.publish.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.undersigned.server.platform.http.HttpServer;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.site.PageResponder;

/// Notifies open pages, by server-sent events, that a batch was published, so that a page can show it without a
/// reload. The event carries no number. A page works without events. When the maximum number of listeners is
/// reached, a new listener gets "try later" and polls by reloading.
public final class LiveHandler implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(20);

    private final PageResponder pages;
    private final int mostListeners = Math.min(5_000, HttpServer.mostConnections() / 2); // others need the rest
    private final Semaphore places = new Semaphore(mostListeners);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;
    private boolean closed;

    public LiveHandler(PageResponder pages) {
        this.pages = pages;
    }

    /// Wakes all connections because public data has changed.
    public void change() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// `GET /{page}/events`: sends an event `batch` each time the page's box grows; for a campaign, each time one
    /// of its boxes grows. Sends a comment at intervals, so that a broken connection is noticed.
    public void events(ServerRequest request, ServerResponse response) {
        var page = PageResponder.parentPath(request);
        var size = pages.snapshot().size(page);
        if (size.isEmpty()) throw PageResponder.noSuchPage();
        response.header("Access-Control-Allow-Origin", "*"); // a sandboxed frame counts as another host
        if (request.prologue().method() == Method.HEAD) {
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream")
                    .header(HeaderNames.CACHE_CONTROL, "no-cache") // as the sink sets it
                    .send();
            return;
        }
        if (!places.tryAcquire()) throw Problem.tryLater();
        try (var sink = response.sink(SseSink.TYPE)) {
            follow(page, size.getAsLong(), sink);
        } catch (UncheckedIOException e) {
            // the page was closed
        } finally {
            places.release();
        }
    }

    private void follow(String page, long size, SseSink sink) {
        var seen = -1L;
        sink.emit(SseEvent.builder().comment("listening").build());
        var said = System.nanoTime();
        while (true) {
            seen = waitForChange(seen);
            if (seen < 0) return;
            var now = pages.snapshot().size(page);
            if (now.isEmpty()) return;
            if (now.getAsLong() != size) {
                size = now.getAsLong();
                sink.emit(SseEvent.builder().name("batch").data("published").build());
            } else if (System.nanoTime() - said >= BEAT.toNanos()) { // only other pages have changed
                sink.emit(SseEvent.builder().comment("still here").build());
            } else {
                continue;
            }
            said = System.nanoTime();
        }
    }

    /// @return the number of changes so far: more than `seen`, or the same after a timeout; negative once closed
    private long waitForChange(long seen) {
        lock.lock();
        try {
            var nanos = BEAT.toNanos();
            while (!closed && changes == seen && nanos > 0) nanos = changed.awaitNanos(nanos);
            return closed ? -1 : changes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            lock.unlock();
        }
    }

    /// Ends every connection.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            var _ = places.tryAcquire(mostListeners, 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
