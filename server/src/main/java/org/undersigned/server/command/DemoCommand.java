package org.undersigned.server.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.startup.StartupFailure;
import org.undersigned.server.relay.RelayServer;
import org.undersigned.server.relay.RelaySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `demo`: runs the demonstration, with a relay beside it, through which its programs and its visitors sign.
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Run the demonstration campaign.")
final class DemoCommand extends InstanceCommand {
    /// Quick, so that a visitor sees what happens.
    private static final RelaySettings.Mixing MIXING =
            new RelaySettings.Mixing(10, Duration.ofSeconds(10), Duration.ofSeconds(1));

    private static final int PORTS_TRIED = 20;

    @Option(names = "--no-signers", description = "start no demonstration signers")
    private boolean noSigners;

    DemoCommand(Settings settings) {
        super(settings);
    }

    @Override
    Config config(Settings given) {
        var config = Config.demo(given.with("UNDERSIGNED_DEMO_SIGNERS", noSigners ? "no" : null));
        var url = URI.create("http://localhost:" + freePortAfter(config.port()) + "/localhost:" + config.port());
        return config.with(new NamedRelay(url, "The Other Campus (demonstration)"));
    }

    private static int freePortAfter(int port) {
        for (var next = port + 1; next <= port + PORTS_TRIED; next++) {
            try (var _ = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
                return next;
            } catch (IOException | IllegalArgumentException e) {
                // another program listens there, or there is no such port
            }
        }
        throw new StartupFailure("no port after " + port + " is free for the relay; choose another port with --port");
    }

    @Override
    List<String> startBeside(Resources resources, Config config) {
        var relay = Objects.requireNonNull(config.relay()).url();
        var settings = new RelaySettings(
                config.bind(),
                relay.getPort(),
                config.data().resolve("relay"),
                List.of(URI.create("http://localhost:" + config.port())),
                MIXING);
        resources.keep(RelayServer.start(settings, Clock.systemUTC()));
        return List.of("  The relay beside it:  http://localhost:" + relay.getPort()
                + " (in real use, another organization runs it)");
    }
}
