package org.undersigned.server.command;

import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `demo`: runs the demonstration.
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Run the demonstration campaign.")
final class DemoCommand extends InstanceCommand {
    @Option(names = "--no-signers", description = "start no demonstration signers")
    private boolean noSigners;

    DemoCommand(Settings settings) {
        super(settings);
    }

    @Override
    Config config(Settings given) {
        return Config.demo(given.with("UNDERSIGNED_DEMO_SIGNERS", noSigners ? "no" : null));
    }
}
