package org.undersigned.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.relay.RelayServer;
import org.undersigned.server.relay.RelaySettings;

/// A relay beside a [TestInstance], with a tap on either side: what a network's owner sees.
public final class TestRelay implements AutoCloseable {
    public static final String OPERATOR = "The Other Union";

    /// Two requests go on together, each after at most two seconds.
    public static final RelaySettings.Mixing QUICK =
            new RelaySettings.Mixing(1, Duration.ofSeconds(2), Duration.ofMillis(200));

    private final int port = Ports.free();
    private final int relayPort = Ports.free();
    private final RelaySettings.Mixing mixing;
    private final Path data;
    private @Nullable TcpProxy clients;
    private @Nullable TcpProxy gateway;
    private @Nullable RelayServer server;

    public TestRelay(RelaySettings.Mixing mixing) {
        this.mixing = mixing;
        try {
            data = Files.createTempDirectory("undersigned-relay");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts the relay for the instance at `toPort`.
    ///
    /// @return what the instance names in its register
    NamedRelay start(int toPort) {
        try {
            gateway = new TcpProxy(toPort);
            start();
            clients = new TcpProxy(relayPort, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NamedRelay(URI.create("http://127.0.0.1:" + port + "/" + name()), OPERATOR);
    }

    /// Starts the relay again after [#stop].
    public void start() {
        server = RelayServer.start(
                new RelaySettings("127.0.0.1", relayPort, data, List.of(URI.create("http://" + name())), mixing),
                Clock.systemUTC());
    }

    private String name() {
        return "localhost:" + toGateway().port();
    }

    /// Stops the relay; what waits stays.
    public void stop() {
        if (server != null) server.close();
        server = null;
    }

    /// The tap between clients and the relay.
    public TcpProxy toRelay() {
        if (clients == null) throw new IllegalStateException("not started");
        return clients;
    }

    /// The tap between the relay and the instance.
    public TcpProxy toGateway() {
        if (gateway == null) throw new IllegalStateException("not started");
        return gateway;
    }

    @Override
    public void close() throws IOException {
        stop();
        toRelay().close();
        toGateway().close();
    }
}
