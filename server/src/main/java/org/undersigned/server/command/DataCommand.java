package org.undersigned.server.command;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.instance.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command about one instance, which `--data` names.
abstract class DataCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "the data directory of the instance")
    private @Nullable String data;

    @Spec
    private @Nullable CommandSpec spec;

    private final Settings environment;

    DataCommand(Settings environment) {
        this.environment = environment;
    }

    /// The environment's settings, with the options in their place.
    final Settings settings() {
        return environment.with("UNDERSIGNED_DATA", data);
    }

    final CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    /// Where the command prints.
    final PrintWriter out() {
        return commandLine().getOut();
    }
}
