package org.undersigned.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.undersigned.record.FastestProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands that need no server of their own: `undersigned recount URL`, `undersigned sign URL`. Exit
/// status 0: success; 1: verification failed; 2: wrong usage, or the site cannot be reached or refuses.
@Command(
        name = "undersigned",
        mixinStandardHelpOptions = true,
        version = "undersigned 0.1",
        description = "Numbers anyone can check, names no one can take.",
        subcommands = {
            RecountCommand.class,
            SignCommand.class,
            WithdrawCommand.class,
            RecoveryCodeCommand.class,
            WatchCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    static final int MISMATCH = 1;
    static final int TROUBLE = 2;

    private Main() {}

    public static void main(String[] args) {
        var _ = FastestProvider.install();
        System.exit(commandLine().execute(args));
    }

    /// The command line, for a launcher to embed or a test to run with separate streams.
    public static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /// Prints one readable line; no stack trace, because it could contain an e-mail address.
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (e) {
            case UnverifiedException untrue -> {
                err.println("undersigned: " + untrue.getMessage());
                yield MISMATCH;
            }
            case NoSuchFileException missing -> {
                err.println("undersigned: " + missing.getFile() + " does not exist");
                yield TROUBLE;
            }
            case IOException io -> {
                err.println("undersigned: " + io.getMessage());
                yield TROUBLE;
            }
            case IllegalArgumentException wrong -> {
                err.println("undersigned: " + wrong.getMessage());
                yield TROUBLE;
            }
            default -> {
                err.println("undersigned: unexpected failure: " + e.getClass().getName());
                yield TROUBLE;
            }
        };
    }
}
