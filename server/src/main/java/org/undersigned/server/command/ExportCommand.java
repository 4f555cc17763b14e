package org.undersigned.server.command;

import picocli.CommandLine.Command;

/// `export`: writes what an instance holds to files.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write a campaign's document out of an instance.",
        synopsisSubcommandLabel = "campaign")
final class ExportCommand {}
