package org.undersigned.server.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignParser;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;
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

    @Option(
            names = "--supersede",
            description = "accept other words for what people sign already: their count ends, and a new one begins")
    private boolean supersede;

    @Option(
            names = "--now",
            description = "open what is new at once; else what is new at a campus opens at most at one moment a day")
    private boolean opensNow;

    ImportCampaignCommand(Settings environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        var document = read(file);
        try {
            var campaign = CampaignParser.parse(document);
            if (!onlyCheck) store(document, campaign);
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

    private void store(String document, Campaign campaign) {
        var _ = OfflineDatabase.withDatabase(settings(), DatabaseRole.SITE, jdbi -> {
            var campaigns = new CampaignStore(jdbi);
            if (!supersede) requireSameWords(campaigns, campaign);
            return campaigns.put(document, opensNow);
        });
    }

    /// Refuses a document that would end a count by accident: what people sign now must keep its words. The wording of
    /// demands may change; a petition keeps that with which it opened.
    private void requireSameWords(CampaignStore campaigns, Campaign campaign) {
        var now = Instant.now();
        var signed = campaigns.all().stream()
                .map(CampaignStore.StoredCampaign::campaign)
                .filter(one -> one.slug().equals(campaign.slug()))
                .flatMap(Campaign::countables)
                .filter(one -> one.period().isOpenAt(now))
                .collect(Collectors.toMap(Countable::path, Countable::text));
        var changed = campaign.countables()
                .filter(one -> {
                    var before = signed.get(one.path());
                    return before != null
                            && !Arrays.equals(before, one.text())
                            && !one.differsOnlyInWordingOfDemands(before);
                })
                .map(Countable::path)
                .toList();
        if (changed.isEmpty()) return;
        throw new StartupFailure("people sign other words at " + changed.getFirst()
                + (changed.size() == 1 ? "" : " and " + (changed.size() - 1) + " more pages")
                + "; with --supersede their count ends and a new one begins beside it");
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
