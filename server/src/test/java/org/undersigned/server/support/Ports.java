package org.undersigned.server.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Chooses ports for servers that must know their port before they start. Each test process uses its own range,
/// below the ephemeral ports of Linux (32,768 and up), so two test processes that run at the same time never use
/// the same port.
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int RANGE = 5_000;
    private static final int FORK = Integer.getInteger("test.fork", 1) % 2;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Ports() {}

    /// Returns a port that no program listens on now.
    public static int free() {
        for (var attempt = 0; attempt < RANGE; attempt++) {
            var port = FIRST + FORK * RANGE + NEXT.getAndIncrement() % RANGE;
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                continue; // taken by another program
            }
        }
        throw new AssertionError("no free port");
    }
}
