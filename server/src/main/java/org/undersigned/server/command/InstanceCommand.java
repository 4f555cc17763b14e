package org.undersigned.server.command;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.instance.Settings;
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

    @Override
    public final Integer call() throws InterruptedException {
        var instance = Instance.start(config(settings().with("PORT", port).with("BIND", bind)));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(instance::close));
        instance.addresses().forEach(out()::println);
        out().flush();
        instance.afterStart();
        new CountDownLatch(1).await(); // until the process is told to end
        return 0;
    }
}
