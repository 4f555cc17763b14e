package org.undersigned.server.command;

import org.jspecify.annotations.Nullable;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `serve`: runs an instance for real use.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Run an instance for real use (docs/OPERATING.md lists the settings).")
final class ServeCommand extends InstanceCommand {
    @Option(names = "--public-url", paramLabel = "URL", description = "the address people reach this instance at")
    private @Nullable String publicUrl;

    ServeCommand(Settings settings) {
        super(settings);
    }

    @Override
    Config config(Settings given) {
        return Config.serve(given.with("PUBLIC_URL", publicUrl));
    }
}
