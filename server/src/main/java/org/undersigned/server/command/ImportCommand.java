package org.undersigned.server.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.undersigned.server.content.campaign.CampaignParser;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.directory.DirectoryImport;
import org.undersigned.server.content.directory.DirectoryStore;
import org.undersigned.server.content.directory.ImportFailure;
import org.undersigned.server.content.document.InvalidDocument;
import org.undersigned.server.instance.Config;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.db.DatabaseRole;

/// `import campaign FILE` and `import campuses HD.csv DOMAINS.json`: reads files into an instance's database,
/// running or not. All or nothing; a running instance shows it at once, and opens the boxes it names.
public final class ImportCommand {
    private static final int LONGEST_DOCUMENT = 16_000_000; // bytes; the reader's own bound is in characters
    private static final String USAGE =
            "import wants: campaign FILE [--check], or campuses HD.csv DOMAINS.json; and --data DIR";

    private final List<String> words = new ArrayList<>();
    private final Config.Settings settings;
    private boolean onlyCheck;

    private ImportCommand(String[] arguments, Map<String, String> environment) {
        settings = new Config.Settings(environment);
        for (var i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--data" -> settings.put("UNDERSIGNED_DATA", Config.value(arguments, ++i));
                case "--check" -> onlyCheck = true;
                default -> {
                    if (arguments[i].startsWith("--")) throw new StartupFailure("unknown option " + arguments[i]);
                    words.add(arguments[i]);
                }
            }
        }
    }

    /// @return what was done, a line each
    /// @throws StartupFailure in one line what is wrong: with a file, its line and column
    public static List<String> run(String[] arguments, Map<String, String> environment) {
        var command = new ImportCommand(arguments, environment);
        var words = command.words;
        if (words.size() == 2 && words.getFirst().equals("campaign")) {
            return command.campaign(Path.of(words.get(1)));
        }
        if (words.size() == 3 && words.getFirst().equals("campuses")) {
            return command.campuses(Path.of(words.get(1)), Path.of(words.get(2)));
        }
        throw new StartupFailure(USAGE);
    }

    private List<String> campaign(Path file) {
        var document = read(file);
        try {
            var campaign = CampaignParser.parse(document);
            if (onlyCheck)
                return List.of(file + " is a campaign: " + campaign.name().en());
            return OfflineDatabase.withDatabase(settings, DatabaseRole.SITE, jdbi -> {
                var _ = new CampaignStore(jdbi).put(document);
                return List.of("Imported " + campaign.name().en() + ": "
                        + String.join(
                                ", ",
                                some(campaign.campuses(), "campus", "campuses"),
                                some(campaign.petitions(), "petition", "petitions"),
                                some(campaign.actions(), "action", "actions"),
                                some(campaign.letters(), "letter drive", "letter drives"),
                                some(campaign.answers(), "answer", "answers"),
                                some(campaign.figures(), "figure", "figures"))
                        + ". It is at /k/" + campaign.slug());
            });
        } catch (InvalidDocument e) {
            throw new StartupFailure(file + ", " + e.getMessage());
        }
    }

    private static String some(List<?> things, String one, String many) {
        return things.size() + " " + (things.size() == 1 ? one : many);
    }

    private List<String> campuses(Path header, Path domains) {
        try {
            return OfflineDatabase.withDatabase(
                    settings,
                    DatabaseRole.SITE,
                    jdbi -> new DirectoryImport(new DirectoryStore(jdbi))
                            .run(header, domains)
                            .lines());
        } catch (ImportFailure e) {
            throw new StartupFailure(String.valueOf(e.getMessage()));
        }
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > LONGEST_DOCUMENT) throw new StartupFailure(file + " is too long for a campaign");
            var document = Files.readString(file, StandardCharsets.UTF_8);
            return document.startsWith("\uFEFF") ? document.substring(1) : document;
        } catch (CharacterCodingException e) {
            throw new StartupFailure(file + " is not UTF-8");
        } catch (IOException e) {
            throw new StartupFailure(file + " cannot be read");
        }
    }
}
