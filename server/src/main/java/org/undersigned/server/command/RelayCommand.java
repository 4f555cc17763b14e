package org.undersigned.server.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.startup.StartupFailure;
import org.undersigned.server.relay.RelayServer;
import org.undersigned.server.relay.RelaySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `relay`: runs a relay for instances of other organizations.
@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        description = "Run a relay for an instance of another organization: no database, no log (docs/OPERATING.md).")
final class RelayCommand extends DataCommand {
    private static final String DATA = "data/relay";
    private static final String PORT = "8090";
    private static final int MOST_INSTANCES = 8;

    @Option(names = "--for", paramLabel = "URL", description = "an instance to relay to; may be repeated")
    private @Nullable List<String> instances;

    @Option(names = "--port", paramLabel = "N", description = "the port to listen on (default: " + PORT + ")")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "the address to listen on (default: 127.0.0.1)")
    private @Nullable String bind;

    RelayCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        var relay = RelayServer.start(relaySettings(), Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(relay::close));
        out().println("The relay is ready on port " + relay.port() + ".");
        out().println("Each instance sets RELAY_URL to this relay's public address and its own name, for example");
        out().println("  RELAY_URL=https://relay.example.net/sign.example.org");
        out().println("Stop with Ctrl-C.");
        out().flush();
        new CountDownLatch(1).await(); // until the process is told to end
        return 0;
    }

    private RelaySettings relaySettings() {
        var settings = settings().with("PORT", port).with("BIND", bind);
        return new RelaySettings(
                settings.get("BIND", "127.0.0.1"),
                settings.port("PORT", Integer.parseInt(PORT)),
                Path.of(settings.get("UNDERSIGNED_DATA", DATA)),
                addresses(settings),
                new RelaySettings.Mixing(
                        number(settings, "RELAY_MIN_BATCH", 10, 1_000),
                        longestWait(settings),
                        Duration.ofSeconds(number(settings, "RELAY_INTERVAL", 10, 600))));
    }

    private List<URI> addresses(Settings settings) {
        var texts = instances != null
                ? instances
                : List.of(settings.get("RELAY_FOR", "").split("[,\\s]+"));
        var addresses = new ArrayList<URI>();
        for (var text : texts) {
            if (text.isEmpty()) continue;
            try {
                addresses.add(new URI(text));
            } catch (URISyntaxException e) {
                throw new StartupFailure("an instance must be an address like https://sign.example.org");
            }
        }
        if (addresses.size() > MOST_INSTANCES)
            throw new StartupFailure("a relay serves at most " + MOST_INSTANCES + " instances");
        return addresses;
    }

    /// In minutes, or with an `s` in seconds.
    private static Duration longestWait(Settings settings) {
        var text = settings.get("RELAY_LONGEST_WAIT", "60");
        if (text.matches("[1-9][0-9]?s")) return Duration.ofSeconds(Integer.parseInt(text.replace("s", "")));
        return Duration.ofMinutes(number(settings, "RELAY_LONGEST_WAIT", 60, 24 * 60));
    }

    private static int number(Settings settings, String name, int otherwise, int most) {
        var text = settings.get(name, Integer.toString(otherwise));
        if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= most) return Integer.parseInt(text);
        throw new StartupFailure(name + " must be a number from 1 to " + most);
    }
}
