package org.undersigned.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Sends prepared requests to a server on loopback over many keep-alive connections, from one thread, because it runs
/// on the cores of the server that it measures. A connection carries one request at a time; requests take the
/// connections in turn.
///
/// Two models of load: [#saturate] sends the next request when a response arrives, so that the number of requests in
/// the server is constant. [#arrive] sends requests when they are due, whether the server responds or not, and counts
/// each latency from the due moment, so that a stall of the server counts for everybody who would have waited.
final class LoadClient implements AutoCloseable {
    /// People give up after this time.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_WAIT = 100; // milliseconds

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final InetSocketAddress server;
    private final int most;
    private final int expected;
    private final Selector selector = Selector.open();
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16);
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final long origin = System.nanoTime();
    private int open;
    private volatile boolean isStopped;

    private int accepted;
    private int abandoned;
    private int failed;
    private TreeMap<Integer, Integer> refused = new TreeMap<>();
    private Latencies latencies = new Latencies();
    private long lastResponse;

    /// @param most     connections that are open at the same time
    /// @param expected the status of an accepted request
    LoadClient(int port, int most, int expected) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.most = most;
        this.expected = expected;
    }

    /// Keeps every connection busy until all requests are sent, and waits for the last responses.
    LoadResult saturate(Collection<byte[]> requests) throws IOException {
        var pace = new Pace() {
            @Override
            public void begin(long now) {}

            @Override
            public long due(long now) {
                return now;
            }

            @Override
            public void taken() {}
        };
        return run(pace, requests.iterator());
    }

    /// Sends requests at random moments, independent of each other (a Poisson process).
    LoadResult arrive(double perSecond, Collection<byte[]> requests) throws IOException {
        var random = new SplittableRandom(1);
        var pace = new Pace() {
            private long next;

            @Override
            public void begin(long now) {
                next = now;
            }

            @Override
            public long due(long now) {
                return next;
            }

            @Override
            public void taken() {
                next += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
            }
        };
        return run(pace, requests.iterator());
    }

    /// Opens all connections.
    void connect() throws IOException {
        var all = new ArrayList<Connection>();
        while (open < most) {
            var connection = new Connection();
            connection.channel.finishConnect();
            all.add(connection);
        }
        var end = now() + PATIENCE;
        for (var connection : all) {
            while (!connection.channel.finishConnect()) {
                if (now() > end) throw new IOException("the server does not take " + most + " connections");
                Thread.onSpinWait();
            }
            connection.key.interestOps(SelectionKey.OP_READ);
            idle.addLast(connection);
        }
    }

    /// Sends no more requests, also if some are left. Another thread may call this.
    void stop() {
        isStopped = true;
    }

    /// When requests are due, in nanoseconds.
    private interface Pace {
        void begin(long now);

        /// The moment at which the next request is due.
        long due(long now);

        /// The next request was sent.
        void taken();
    }

    private LoadResult run(Pace pace, Iterator<byte[]> requests) throws IOException {
        accepted = 0;
        abandoned = 0;
        failed = 0;
        refused = new TreeMap<>();
        latencies = new Latencies();
        var before = ProcessorTime.now();
        var begin = now();
        lastResponse = begin;
        pace.begin(begin);
        var isMore = true;
        var nextLook = begin + LOOK_EVERY;
        while (isMore || idle.size() < open) {
            isMore = isMore && !isStopped && sendDue(pace, requests);
            selector.select(this::ready, isMore ? millisUntil(pace) : LONGEST_WAIT);
            if (now() > nextLook) {
                giveUp();
                nextLook = now() + LOOK_EVERY;
            }
        }
        var used = ProcessorTime.now().since(before);
        return new LoadResult(accepted, refused, failed, abandoned, latencies, (lastResponse - begin) / 1e9, used);
    }

    /// @return false if no request is left
    private boolean sendDue(Pace pace, Iterator<byte[]> requests) throws IOException {
        for (var now = now(); pace.due(now) <= now; now = now()) {
            if (idle.isEmpty() && open == most) return true;
            var due = pace.due(now);
            if (!requests.hasNext()) return false;
            var request = requests.next();
            pace.taken();
            if (now - due > PATIENCE) {
                abandoned++;
                continue;
            }
            var connection = idle.isEmpty() ? new Connection() : idle.removeFirst();
            connection.send(request, due);
        }
        return requests.hasNext();
    }

    /// How long to wait for responses before the next request is due. It is late by a millisecond at most, which its
    /// latency contains; a client that did not sleep would take a core from the server.
    private long millisUntil(Pace pace) {
        if (idle.isEmpty() && open == most) return LONGEST_WAIT;
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(pace.due(now()) - now()), 1, LONGEST_WAIT);
    }

    private void ready(SelectionKey key) {
        var connection = (Connection) key.attachment();
        try {
            connection.proceed();
        } catch (IOException e) {
            connection.fail();
        }
    }

    /// Ends the connections on which a response does not come.
    private void giveUp() {
        var now = now();
        for (var key : selector.keys()) {
            if (key.attachment() instanceof Connection one && one.isBusy && now - one.due > PATIENCE) one.fail();
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    @Override
    public void close() {
        try {
            for (var key : selector.keys()) key.channel().close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final HttpResponseReader reader = new HttpResponseReader();
        private ByteBuffer request = NOTHING;
        private long due;
        private boolean isBusy;

        Connection() throws IOException {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            open++;
        }

        void send(byte[] bytes, long due) {
            this.request = ByteBuffer.wrap(bytes);
            this.due = due;
            isBusy = true;
            try {
                if (channel.isConnected() || channel.finishConnect()) write();
            } catch (IOException e) {
                fail();
            }
        }

        void proceed() throws IOException {
            if (key.isConnectable() && channel.finishConnect()) write();
            else if (key.isWritable()) write();
            else if (key.isReadable()) read();
        }

        private void write() throws IOException {
            channel.write(request);
            var interest = request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != interest) key.interestOps(interest);
        }

        private void read() throws IOException {
            input.clear();
            if (channel.read(input) < 0) {
                fail();
                return;
            }
            if (!isBusy) throw new IOException("bytes without a request");
            if (!reader.read(input.flip())) return;
            isBusy = false;
            lastResponse = now();
            if (reader.status() == expected) {
                accepted++;
                latencies.add(lastResponse - due);
            } else {
                refused.merge(reader.status(), 1, Integer::sum);
            }
            if (reader.closes()) close();
            else idle.addLast(this);
        }

        /// Ends the connection; the request on it, if there is one, has failed.
        void fail() {
            if (isBusy) failed++;
            else idle.remove(this);
            isBusy = false;
            close();
        }

        private void close() {
            open--;
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
