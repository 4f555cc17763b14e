package org.undersigned.server.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.directory.DirectoryImport;
import org.undersigned.server.content.directory.DirectoryStore;
import org.undersigned.server.content.directory.ImportFailure;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.startup.StartupFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `import campuses HD.csv DOMAINS.json`: fills the directory of campuses.
@Command(
        name = "campuses",
        mixinStandardHelpOptions = true,
        description = "Fill the directory of campuses (docs/IMPORTING.md).")
final class ImportCampusesCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "HD.csv", description = "the federal directory of institutions")
    private Path institutions = Path.of("");

    @Parameters(index = "1", paramLabel = "DOMAINS.json", description = "the list of their mail domains")
    private Path domains = Path.of("");

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private @Nullable CommandSpec spec;

    private final Settings settings;

    ImportCampusesCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            OfflineDatabase.withDatabase(
                            data.applyTo(settings),
                            DatabaseRole.SITE,
                            jdbi -> new DirectoryImport(new DirectoryStore(jdbi))
                                    .run(institutions, domains)
                                    .lines())
                    .forEach(out::println);
            return 0;
        } catch (ImportFailure e) {
            throw new StartupFailure(String.valueOf(e.getMessage()));
        }
    }
}
