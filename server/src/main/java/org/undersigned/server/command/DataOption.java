package org.undersigned.server.command;

import org.jspecify.annotations.Nullable;
import org.undersigned.server.instance.Settings;
import picocli.CommandLine.Option;

/// The option that selects the instance on which a command works.
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "the data directory of the instance")
    private @Nullable String data;

    Settings applyTo(Settings settings) {
        return settings.with("UNDERSIGNED_DATA", data);
    }
}
