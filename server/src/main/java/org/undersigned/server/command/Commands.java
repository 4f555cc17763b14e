package org.undersigned.server.command;

import java.io.BufferedReader;
import java.util.Locale;
import java.util.Map;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.startup.StartupFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The commands of an operator. Exit status 0: done; 1: an unexpected failure; 2: wrong usage, or something outside
/// the program prevents the command (one line explains it).
@Command(
        name = "undersigned",
        mixinStandardHelpOptions = true,
        version = "undersigned 0.1",
        description = "Numbers anyone can check, names no one can take.",
        synopsisSubcommandLabel = "COMMAND")
public final class Commands {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    private Commands() {}

    /// @param environment the settings (docs/OPERATING.md)
    /// @param in          what the operator types
    public static CommandLine commandLine(Map<String, String> environment, BufferedReader in) {
        var settings = new Settings(environment);
        var imports = new CommandLine(new ImportCommand())
                .addSubcommand(new ImportCampaignCommand(settings))
                .addSubcommand(new ImportCampusesCommand(settings));
        var exports = new CommandLine(new ExportCommand()).addSubcommand(new ExportCampaignCommand(settings));
        var cards = new CommandLine(new CardsCommand())
                .addSubcommand(new MakeCardsCommand(settings))
                .addSubcommand(new ListCardsCommand(settings))
                .addSubcommand(new CancelCardsCommand(settings));
        return new CommandLine(new Commands())
                .addSubcommand(new DemoCommand(settings))
                .addSubcommand(new ServeCommand(settings))
                .addSubcommand(new RelayCommand(settings))
                .addSubcommand(imports)
                .addSubcommand(exports)
                .addSubcommand(cards)
                .addSubcommand(new ModerateCommand(settings, in))
                .setParameterExceptionHandler(Commands::explainUsage)
                .setExecutionExceptionHandler(Commands::explainFailure);
    }

    private static int explainUsage(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
        command.getErr()
                .println("undersigned: " + withoutCapital(message) + "; see ./"
                        + command.getCommandSpec().qualifiedName() + " --help");
        return REFUSED;
    }

    /// Changes the first letter to lower case: picocli's messages are whole sentences, but ours follow
    /// "undersigned:". A name in capitals stays as it is.
    private static String withoutCapital(String message) {
        return message.matches("(?s)[A-Z][^A-Z].*")
                ? message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)
                : message;
    }

    /// Prints one line. For an unexpected failure it prints class and place, but not the message, which may contain
    /// any text.
    private static int explainFailure(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof StartupFailure) {
            command.getErr().println("undersigned: " + e.getMessage());
            return REFUSED;
        }
        var where = e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0].toString();
        command.getErr()
                .println("undersigned: unexpected failure: " + e.getClass().getName() + " at " + where);
        return FAILED;
    }
}
