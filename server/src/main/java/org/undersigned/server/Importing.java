package org.undersigned.server;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.server.campaign.CampaignStore;
import org.undersigned.server.campus.CampusImport;
import org.undersigned.server.campus.CampusStore;
import org.undersigned.server.campus.ImportFailure;
import org.undersigned.server.crypto.MasterKey;
import org.undersigned.server.db.DataDirectory;
import org.undersigned.server.db.Database;
import org.undersigned.server.db.PrivatePostgres;
import org.undersigned.server.db.Role;
import org.undersigned.server.document.WrongDocument;

/// `import campaign FILE` and `import campuses HD.csv DOMAINS.json`: reads files into an instance's database, running
// or
/// not. All or nothing; a running instance shows it at once, and opens the boxes it names.
final class Importing {
    private static final int LONGEST_DOCUMENT = 16_000_000; // bytes; the reader's own bound is in characters
    private static final String USAGE =
            "import wants: campaign FILE [--check], or campuses HD.csv DOMAINS.json; and --data DIR";

    private final List<String> words = new ArrayList<>();
    private Path data;
    private boolean onlyCheck;

    private Importing(String[] arguments, Map<String, String> environment) {
        data = Path.of(environment.getOrDefault("UNDERSIGNED_DATA", "data/serve"));
        for (var i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--data" -> {
                    if (++i == arguments.length) throw new StartupFailure("the option --data wants a value");
                    data = Path.of(arguments[i]);
                }
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
    static List<String> run(String[] arguments, Map<String, String> environment) {
        var importing = new Importing(arguments, environment);
        var words = importing.words;
        if (words.size() == 2 && words.getFirst().equals("campaign")) {
            return importing.campaign(Path.of(words.get(1)), environment);
        }
        if (words.size() == 3 && words.getFirst().equals("campuses")) {
            return importing.campuses(Path.of(words.get(1)), Path.of(words.get(2)), environment);
        }
        throw new StartupFailure(USAGE);
    }

    private List<String> campaign(Path file, Map<String, String> environment) {
        var document = read(file);
        try {
            var campaign = CampaignStore.check(document);
            if (onlyCheck)
                return List.of(file + " is a campaign: " + campaign.name().en());
            return within(environment, jdbi -> {
                var _ = new CampaignStore(jdbi).put(document);
                return List.of("Imported " + campaign.name().en() + ": "
                        + campaign.campuses().size() + " campuses, "
                        + campaign.petitions().size() + " petitions, "
                        + campaign.actions().size() + " actions, "
                        + campaign.letters().size() + " letter drives, "
                        + campaign.answers().size() + " answers, "
                        + campaign.figures().size() + " figures. It is at /k/" + campaign.slug());
            });
        } catch (WrongDocument e) {
            throw new StartupFailure(file + ", " + e.getMessage());
        }
    }

    private List<String> campuses(Path header, Path domains, Map<String, String> environment) {
        try {
            return within(
                    environment,
                    jdbi -> new CampusImport(new CampusStore(jdbi))
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

    @FunctionalInterface
    private interface Work {
        List<String> on(Jdbi site);
    }

    /// Does `work` in the instance's database: the one named, the private one that runs, or the private one started
    /// for it.
    private List<String> within(Map<String, String> environment, Work work) {
        var held = DataDirectory.tryHold(data);
        try {
            var masterKey = masterKey(environment);
            var url = Optional.ofNullable(environment.get("DATABASE_URL")).filter(one -> !one.isBlank());
            if (url.isPresent()) {
                var user = environment.getOrDefault("DATABASE_USER", "");
                var password = environment.getOrDefault("DATABASE_PASSWORD", "");
                return within(Config.jdbc(url.get()), user, password, masterKey, work);
            }
            var directory = data.toAbsolutePath().normalize().resolve("postgresql");
            var password = masterKey.password("db/postgres");
            if (held.isEmpty()) {
                var running = PrivatePostgres.running(directory)
                        .orElseThrow(() -> new StartupFailure("an instance is starting or stopping on " + data
                                + "; try again when it runs, or is stopped"));
                return within(running, "postgres", password, masterKey, work);
            }
            try (var postgres = PrivatePostgres.start(directory, password)) {
                return within(postgres.url(), "postgres", password, masterKey, work);
            }
        } finally {
            held.ifPresent(DataDirectory::close);
        }
    }

    private static List<String> within(String url, String user, String password, MasterKey masterKey, Work work) {
        try (var database = Database.open(url, user, password, masterKey)) {
            return work.on(database.as(Role.SITE));
        }
    }

    private MasterKey masterKey(Map<String, String> environment) {
        try {
            var given = environment.get("UNDERSIGNED_MASTER_KEY");
            if (given != null && !given.isBlank()) return MasterKey.parse(given, new SecureRandom());
            return MasterKey.at(data.resolve("master.key"), new SecureRandom());
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupFailure("the master key cannot be used: " + e.getMessage(), e);
        }
    }
}
