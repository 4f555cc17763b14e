package org.undersigned.server.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignParser;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.document.InvalidDocument;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.startup.StartupFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `import campaign FILE`: stores a campaign's document.
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        description = "Store a campaign's document (docs/IMPORTING.md).")
final class ImportCampaignCommand extends DataCommand {
    /// In bytes; the parser has a bound of its own, in characters.
    private static final int MAX_DOCUMENT = 16_000_000;

    @Parameters(paramLabel = "FILE", description = "the document")
    private Path file = Path.of("");

    @Option(names = "--check", description = "only check the document")
    private boolean onlyCheck;

    ImportCampaignCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        var document = read(file);
        try {
            var campaign = CampaignParser.parse(document);
            if (!onlyCheck) store(document);
            out().println(
                            onlyCheck
                                    ? file + " is a campaign: "
                                            + campaign.name().en()
                                    : imported(campaign));
            return 0;
        } catch (InvalidDocument e) {
            throw new StartupFailure(file + ", " + e.getMessage());
        }
    }

    private void store(String document) {
        var _ = OfflineDatabase.withDatabase(
                settings(), DatabaseRole.SITE, jdbi -> new CampaignStore(jdbi).put(document));
    }

    private static String imported(Campaign campaign) {
        return "Imported " + campaign.name().en() + ": "
                + String.join(
                        ", ",
                        number(campaign.campuses(), "campus", "campuses"),
                        number(campaign.petitions(), "petition", "petitions"),
                        number(campaign.actions(), "action", "actions"),
                        number(campaign.letters(), "letter drive", "letter drives"),
                        number(campaign.answers(), "answer", "answers"),
                        number(campaign.figures(), "figure", "figures"))
                + ". It is at /k/" + campaign.slug();
    }

    private static String number(List<?> items, String one, String many) {
        return items.size() + " " + (items.size() == 1 ? one : many);
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MAX_DOCUMENT) throw new StartupFailure(file + " is too long for a campaign");
            var document = Files.readString(file, StandardCharsets.UTF_8);
            return document.startsWith("\uFEFF") ? document.substring(1) : document;
        } catch (CharacterCodingException e) {
            throw new StartupFailure(file + " is not UTF-8");
        } catch (IOException e) {
            throw new StartupFailure(file + " cannot be read");
        }
    }
}
