package org.undersigned.server.platform.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.undersigned.server.platform.startup.StartupFailure;

/// Limits the number of connections, and the time of each step of a connection. Where every place is taken, a new
/// connection waits in the kernel's queue, and the times are shorter, so that silent and slow clients make room.
///
/// The server library accepts no connection above its maximum. If it accepted one without a free descriptor, it would
/// stop listening for good. It has no limit for the time in which a head or a body arrives.
final class ConnectionLimits implements Http1ConnectionListener {
    private static final Logger LOG = System.getLogger(ConnectionLimits.class.getName());

    private static final int MOST = 20_000;

    /// A demonstration has two servers; a third of the descriptors is left for the database, files and requests.
    private static final int SHARES = 3;

    private static final long FEWEST_DESCRIPTORS = 256;

    /// The step in which a connection is.
    enum Step {
        /// Nothing was requested yet.
        SILENT,
        /// The first line of a request has come; head and body must follow.
        READING,
        /// The request is complete; ends when the client has taken the response. Live pages connect again.
        RESPONDING,
        /// Between two requests.
        IDLE
    }

    /// How long a step may last.
    ///
    /// @param usually  when places are free
    /// @param whenFull when no place is free
    record Time(Duration usually, Duration whenFull) {}

    private static final Map<Step, Time> TIMES = Map.of(
            Step.SILENT, new Time(Duration.ofSeconds(30), Duration.ofSeconds(5)),
            Step.READING, new Time(Duration.ofSeconds(60), Duration.ofSeconds(10)),
            Step.RESPONDING, new Time(Duration.ofHours(1), Duration.ofMinutes(10)),
            Step.IDLE, new Time(Duration.ofSeconds(75), Duration.ofSeconds(5)));

    private final int most;
    private final Map<Step, Time> times;
    private final Map<Thread, Connection> connections = new ConcurrentHashMap<>(); // each has a thread of its own
    private final RareLine full = new RareLine();

    ConnectionLimits(int most, Map<Step, Time> times) {
        this.most = most;
        this.times = times;
    }

    /// The limits of this process.
    ///
    /// @throws StartupFailure if it may open too few files
    static ConnectionLimits ofProcess() {
        return new ConnectionLimits(mostOfProcess(), TIMES);
    }

    /// The most connections of one server: a share of the files that this process may open.
    static int mostOfProcess() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) return MOST;
        var descriptors = system.getMaxFileDescriptorCount();
        if (descriptors >= 0 && descriptors < FEWEST_DESCRIPTORS) {
            throw new StartupFailure("this process may open " + descriptors + " files only; it needs at least "
                    + FEWEST_DESCRIPTORS + " (ulimit -n)");
        }
        return descriptors < 0 ? MOST : (int) Math.min(MOST, descriptors / SHARES);
    }

    int most() {
        return most;
    }

    /// Ends the connections whose step has lasted too long. To be called every second.
    void endOverdue() {
        var isFull = connections.size() >= most;
        for (var connection : connections.values()) {
            var time = Objects.requireNonNull(times.get(connection.step));
            var longest = isFull ? time.whenFull() : time.usually();
            if (System.nanoTime() - connection.since > longest.toNanos()) connection.end();
        }
    }

    private void sayIfFull() {
        if (connections.size() < most || !full.isDue()) return;
        LOG.log(Level.WARNING, "all {0} connections are in use; new ones wait until others end", most);
    }

    private void enter(Step step) {
        var connection = connections.get(Thread.currentThread());
        if (connection != null) connection.enter(step);
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        enter(Step.READING);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (!headers.contains(HeaderNames.CONTENT_LENGTH) && !headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            enter(Step.RESPONDING);
        }
    }

    /// Follows the steps that only a request shows: that its body has come, and that the response is sent. An unread
    /// rest of a body still belongs to READING.
    void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        request.streamFilter(body -> new FilterInputStream(body) {
            @Override
            public int read() throws IOException {
                return seen(super.read());
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return seen(super.read(bytes, from, length));
            }

            private int seen(int read) {
                if (read < 0) enter(Step.RESPONDING);
                return read;
            }
        });
        try {
            chain.proceed();
        } finally {
            var connection = connections.get(Thread.currentThread());
            if (connection != null && connection.step == Step.RESPONDING) connection.enter(Step.IDLE);
        }
    }

    /// Wraps the library's HTTP/1.1, the only protocol of the server.
    ServerConnectionSelector selector(Http1Config config) {
        var http = Http1ConnectionSelector.builder().config(config).build();
        return new ServerConnectionSelector() {
            @Override
            public int bytesToIdentifyConnection() {
                return http.bytesToIdentifyConnection();
            }

            @Override
            public Support supports(BufferData data) {
                return http.supports(data);
            }

            @Override
            public Set<String> supportedApplicationProtocols() {
                return http.supportedApplicationProtocols();
            }

            @Override
            public ServerConnection connection(ConnectionContext context) {
                return new Connection(context, http.connection(context));
            }
        };
    }

    /// One connection, from its start to its end.
    private final class Connection implements ServerConnection, InterruptableTask<Void> {
        private final ConnectionContext context;
        private final ServerConnection http;
        private volatile Step step = Step.SILENT;
        private volatile long since = System.nanoTime();

        private Connection(ConnectionContext context, ServerConnection http) {
            this.context = context;
            this.http = http;
        }

        private void enter(Step next) {
            since = System.nanoTime();
            step = next;
        }

        @Override
        public void handle(Limit requests) throws InterruptedException {
            connections.put(Thread.currentThread(), this);
            try {
                sayIfFull();
                http.handle(requests);
            } finally {
                connections.remove(Thread.currentThread());
            }
        }

        /// Closes the socket. The connection's thread, which reads from it or writes to it, then ends.
        private void end() {
            try {
                context.serverSocket().close();
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "it is closed already");
            }
        }

        @Override
        public Duration idleTime() {
            return http.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return http instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }
}
