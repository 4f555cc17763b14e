package org.undersigned.server.command;

import picocli.CommandLine.Command;

/// `cards`: makes, lists and cancels the cards with which people draw a book in person, whether the instance runs or
/// not.
@Command(
        name = "cards",
        mixinStandardHelpOptions = true,
        description = "Cards with which people sign in person, without an e-mail address (docs/OPERATING.md).",
        synopsisSubcommandLabel = "(make | list | cancel)")
final class CardsCommand {}
