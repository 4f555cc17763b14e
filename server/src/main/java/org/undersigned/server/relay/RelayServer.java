package org.undersigned.server.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.db.DataDirectory;
import org.undersigned.server.platform.db.DiskSpace;
import org.undersigned.server.platform.http.HttpServer;
import org.undersigned.server.platform.job.Scheduler;
import org.undersigned.server.platform.startup.StartupFailure;

/// A running relay.
public final class RelayServer implements AutoCloseable {
    private final Resources resources = new Resources();
    private final HttpServer server;

    /// @throws StartupFailure with one line that names the problem; everything that was started is stopped again
    public static RelayServer start(RelaySettings settings, Clock clock) {
        return new RelayServer(settings, clock);
    }

    private RelayServer(RelaySettings settings, Clock clock) {
        try {
            var random = new SecureRandom();
            var mixing = settings.mixing();
            var data = resources.keep(DataDirectory.hold(settings.data())).path();
            var scheduler = new Scheduler();
            var queues = new TreeMap<String, SealedQueue>();
            for (var instance : settings.instances()) {
                var name = instance.getRawAuthority();
                var folder = data.resolve(name.replace(':', '_'));
                var queue = resources.keep(SealedQueue.open(folder, mixing.longestWait(), random, clock));
                queues.put(name, queue);
                var forwarder = new Forwarder(instance, queue, new Mix(mixing.minBatch(), random), clock);
                scheduler.atIntervals(mixing.interval(), "forward", () -> run(forwarder::forward));
                scheduler.every(Duration.ofHours(1), "forget", () -> run(queue::forget));
            }
            resources.keep(scheduler);
            server = resources.keep(HttpServer.start(
                    settings.bind(),
                    settings.port(),
                    new RelayHandler(queues, DiskSpace.of(data)::isLow),
                    (request, response, problem) -> problem.send(request, response)));
        } catch (IOException e) {
            resources.close();
            throw new StartupFailure("the relay's directory cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.port();
    }

    /// Stops accepting requests. What waits stays on disk.
    @Override
    public void close() {
        resources.close();
    }
}
