package org.undersigned.server.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.startup.StartupFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `export campaign SLUG FILE`: writes a campaign's document, byte for byte as `import campaign` read it and as
/// `/k/SLUG/campaign.json` shows it.
@Command(name = "campaign", mixinStandardHelpOptions = true, description = "Write a campaign's document to a new file.")
final class ExportCampaignCommand extends DataCommand {
    @Parameters(index = "0", paramLabel = "SLUG", description = "the campaign's name in addresses")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "the file to write, which must not exist")
    private Path file = Path.of("");

    ExportCampaignCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        if (Files.exists(file)) throw new StartupFailure(file + " already exists");
        var document = OfflineDatabase.withExistingDatabase(
                        settings(), DatabaseRole.SITE, jdbi -> new CampaignStore(jdbi).document(slug))
                .orElseThrow(() -> new StartupFailure("this instance has no campaign " + slug));
        write(document, file);
        out().println("Exported " + slug + " to " + file);
        return 0;
    }

    /// Writes the whole file or none.
    private static void write(String document, Path file) {
        var partial = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                Files.writeString(partial, document, StandardCharsets.UTF_8);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new StartupFailure(file + " cannot be written");
        }
    }
}
