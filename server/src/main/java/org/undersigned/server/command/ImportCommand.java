package org.undersigned.server.command;

import picocli.CommandLine.Command;

/// `import`: reads files into an instance's database, whether the instance runs or not. Stores either everything or
/// nothing. A running instance shows the new data at once, and opens the boxes that it names.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Read a campaign or the directory of campuses into an instance.",
        synopsisSubcommandLabel = "(campaign | campuses)")
final class ImportCommand {}
