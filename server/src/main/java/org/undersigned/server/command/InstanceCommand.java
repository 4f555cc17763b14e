package org.undersigned.server.command;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.Resources;
import picocli.CommandLine.Option;

/// A command that runs an instance until it is stopped.
abstract class InstanceCommand extends DataCommand {
    @Option(names = "--port", paramLabel = "N", description = "the port to listen on (default: 8080)")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "the address to listen on (default: 127.0.0.1)")
    private @Nullable String bind;

    InstanceCommand(Settings environment) {
        super(environment);
    }

    /// Makes the configuration from the settings and the options.
    abstract Config config(Settings given);

    /// Starts what runs beside the instance.
    ///
    /// @return lines to print
    List<String> startBeside(Resources resources, Config config) {
        return List.of();
    }

    @Override
    public final Integer call() throws InterruptedException {
        var resources = new Resources();
        var config = config(settings().with("PORT", port).with("BIND", bind));
        var instance = resources.keep(Instance.start(config));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(resources::close));
        var beside = startBeside(resources, config);
        instance.addresses().forEach(out()::println);
        beside.forEach(out()::println);
        out().println("Stop with Ctrl-C.");
        out().flush();
        instance.afterStart();
        new CountDownLatch(1).await(); // until the process is told to end
        return 0;
    }
}
