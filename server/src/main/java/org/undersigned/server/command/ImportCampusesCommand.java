package org.undersigned.server.command;

import java.nio.file.Path;
import org.undersigned.server.content.directory.DirectoryImport;
import org.undersigned.server.content.directory.DirectoryStore;
import org.undersigned.server.content.directory.ImportFailure;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.startup.StartupFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `import campuses HD.csv DOMAINS.json`: fills the directory of campuses.
@Command(
        name = "campuses",
        mixinStandardHelpOptions = true,
        description = "Fill the directory of campuses (docs/IMPORTING.md).")
final class ImportCampusesCommand extends DataCommand {
    @Parameters(index = "0", paramLabel = "HD.csv", description = "the federal directory of institutions")
    private Path institutions = Path.of("");

    @Parameters(index = "1", paramLabel = "DOMAINS.json", description = "the list of their mail domains")
    private Path domains = Path.of("");

    ImportCampusesCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        try {
            OfflineDatabase.withDatabase(
                            settings(),
                            DatabaseRole.SITE,
                            jdbi -> new DirectoryImport(new DirectoryStore(jdbi))
                                    .run(institutions, domains)
                                    .lines())
                    .forEach(out()::println);
            return 0;
        } catch (ImportFailure e) {
            throw new StartupFailure(String.valueOf(e.getMessage()));
        }
    }
}
