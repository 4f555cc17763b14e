package org.undersigned.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.db.DataDirectory;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.PrivatePostgres;

/// An instance's database, for commands that are given beside it, whether it runs or not.
final class OfflineDatabase {
    private OfflineDatabase() {}

    /// Does `work` as `role` in the instance's database: the one named, the private one that runs, or the private
    /// one started for it.
    static <T> T withDatabase(Config.Settings settings, DatabaseRole role, Function<Jdbi, T> work) {
        var data = directory(settings);
        var held = DataDirectory.tryHold(data);
        try {
            var masterKey = Instance.masterKey(settings.find("UNDERSIGNED_MASTER_KEY"), data, new SecureRandom());
            var url = settings.find("DATABASE_URL");
            if (url != null) {
                var user = settings.get("DATABASE_USER", "");
                var password = settings.get("DATABASE_PASSWORD", "");
                return withDatabase(Database.openBeside(Config.jdbc(url), user, password, masterKey, role), role, work);
            }
            var directory = Instance.privatePostgres(data.toAbsolutePath().normalize());
            if (held.isEmpty()) {
                var running = PrivatePostgres.running(directory)
                        .orElseThrow(() -> new StartupFailure("an instance is starting or stopping on " + data
                                + "; try again when it runs, or is stopped"));
                return withDatabase(Instance.besidePrivate(running, masterKey, role), role, work);
            }
            try (var postgres = PrivatePostgres.start(directory, Instance.passwordOf(masterKey))) {
                return withDatabase(Instance.besidePrivate(postgres.url(), masterKey, role), role, work);
            }
        } finally {
            held.ifPresent(DataDirectory::close);
        }
    }

    /// As [#within], for a command that has nothing to do where no instance ever ran.
    static <T> T withExistingDatabase(Config.Settings settings, DatabaseRole role, Function<Jdbi, T> work) {
        var data = directory(settings);
        if (settings.find("DATABASE_URL") == null && !Files.isDirectory(data)) {
            throw new StartupFailure("there is no instance's data in " + data);
        }
        return withDatabase(settings, role, work);
    }

    private static Path directory(Config.Settings settings) {
        return Path.of(settings.get("UNDERSIGNED_DATA", Config.SERVE_DATA));
    }

    private static <T> T withDatabase(Database opened, DatabaseRole role, Function<Jdbi, T> work) {
        try (opened) {
            return work.apply(opened.as(role));
        }
    }
}
