package org.undersigned.server.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.instance.Config;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.db.DatabaseRole;

/// `export campaign SLUG FILE`: writes a campaign's document out of an instance's database, running or not, byte
/// for byte as `import campaign` took it and as `/k/SLUG/campaign.json` shows it.
public final class ExportCommand {
    private static final String USAGE = "export wants: campaign SLUG FILE; and --data DIR";

    private ExportCommand() {}

    /// @return what was done, a line each
    /// @throws StartupFailure in one line what is wrong; a file that is there already is left as it is
    public static List<String> run(String[] arguments, Map<String, String> environment) {
        var settings = new Config.Settings(environment);
        var words = new ArrayList<String>();
        for (var i = 1; i < arguments.length; i++) {
            if (arguments[i].equals("--data")) settings.put("UNDERSIGNED_DATA", Config.value(arguments, ++i));
            else if (arguments[i].startsWith("--")) throw new StartupFailure("unknown option " + arguments[i]);
            else words.add(arguments[i]);
        }
        if (words.size() != 3 || !words.getFirst().equals("campaign")) throw new StartupFailure(USAGE);
        return campaign(settings, words.get(1), Path.of(words.get(2)));
    }

    private static List<String> campaign(Config.Settings settings, String slug, Path file) {
        if (Files.exists(file)) throw new StartupFailure(file + " is there already");
        var document = OfflineDatabase.withExistingDatabase(
                        settings, DatabaseRole.SITE, jdbi -> new CampaignStore(jdbi).document(slug))
                .orElseThrow(() -> new StartupFailure("there is no campaign " + slug + " here"));
        write(document, file);
        return List.of("Exported " + slug + " to " + file);
    }

    /// Whole or not there.
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
