package org.undersigned.server.command;

import picocli.CommandLine.Command;

/// `export`: writes what an instance holds to files.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Export a campaign's document from an instance.",
        synopsisSubcommandLabel = "campaign")
final class ExportCommand {}
