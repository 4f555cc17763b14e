package org.undersigned.server.command;

import java.time.Clock;
import org.undersigned.server.count.roll.Cards;
import org.undersigned.server.instance.Settings;
import picocli.CommandLine.Command;

/// `cards list`: the cards that can be used now.
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the cards that can be used now.")
final class ListCardsCommand extends DataCommand {
    ListCardsCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        var usable = CardsAccess.with(settings(), Clock.systemUTC(), Cards::usable);
        if (usable.isEmpty()) out().println("No cards can be used.");
        for (var one : usable) {
            out().println(one.batch() + "  " + one.roll() + "  " + one.cards() + " cards, at most " + one.drawnAtMost()
                    + " used, until " + one.until());
        }
        return 0;
    }
}
