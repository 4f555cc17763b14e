package org.undersigned.server.command;

import java.time.Clock;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.startup.StartupFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cards cancel BATCH`: cancels the unused cards of a batch, in public.
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancel the unused cards of a batch, and say so in the public ledger.")
final class CancelCardsCommand extends DataCommand {
    @Parameters(paramLabel = "BATCH", description = "the batch, as `cards list` names it")
    private String batch = "";

    CancelCardsCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        var isCancelled = CardsAccess.with(settings(), Clock.systemUTC(), cards -> cards.cancel(batch));
        if (!isCancelled) throw new StartupFailure("no cards of a batch with this name can be used; see cards list");
        out().println("The unused cards of " + batch + " are cancelled. What was signed with the others stays.");
        return 0;
    }
}
