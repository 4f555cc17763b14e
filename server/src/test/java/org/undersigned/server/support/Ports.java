package org.undersigned.server.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for servers that must know their own before they start. Each test process has a range of its own, so that two
/// processes never choose the same port. The ranges are below 32,768, from where Linux assigns ports.
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int RANGE = 1_000;
    private static final int RANGES = 10;

    /// Listens on the first port of this process's range as long as the process runs: it marks the range as taken.
    private static final ServerSocket MARK = takeRange();

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Ports() {}

    private static ServerSocket takeRange() {
        for (var range = 0; range < RANGES; range++) {
            try {
                return listen(FIRST + range * RANGE);
            } catch (IOException e) {
                continue; // another process has it
            }
        }
        throw new AssertionError("no free range of ports");
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    /// A port on which nothing listens now.
    public static int free() {
        for (var attempt = 1; attempt < RANGE; attempt++) {
            var port = MARK.getLocalPort() + 1 + NEXT.getAndIncrement() % (RANGE - 1);
            try (var _ = listen(port)) {
                return port;
            } catch (IOException e) {
                continue; // another program has it
            }
        }
        throw new AssertionError("no free port");
    }
}
