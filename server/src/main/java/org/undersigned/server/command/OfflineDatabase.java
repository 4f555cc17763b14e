package org.undersigned.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.DataDirectory;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.PrivatePostgres;
import org.undersigned.server.platform.startup.StartupFailure;

/// Opens an instance's database for a command, whether the instance runs or not.
final class OfflineDatabase {
    private OfflineDatabase() {}

    /// Runs `work` as `role` in the instance's database: the server that `DATABASE_URL` names, the private
    /// PostgreSQL that runs, or the private PostgreSQL started for this command.
    static <T> T withDatabase(Settings settings, DatabaseRole role, Function<Jdbi, T> work) {
        return withDatabase(settings, List.of(role), (database, _) -> work.apply(database.as(role)));
    }

    /// Like [#withDatabase], for a command that needs the data of an existing instance.
    ///
    /// @throws StartupFailure if there is no data
    static <T> T withExistingDatabase(Settings settings, DatabaseRole role, Function<Jdbi, T> work) {
        return withExistingDatabase(settings, List.of(role), (database, _) -> work.apply(database.as(role)));
    }

    /// Like [#withExistingDatabase(Settings, DatabaseRole, Function)], for a command that needs several roles, or the
    /// master key.
    static <T> T withExistingDatabase(
            Settings settings, List<DatabaseRole> roles, BiFunction<Database, MasterKey, T> work) {
        var data = directory(settings);
        if (settings.find("DATABASE_URL") == null && !Files.isDirectory(data)) {
            throw new StartupFailure(data + " contains no data of an instance");
        }
        return withDatabase(settings, roles, work);
    }

    private static <T> T withDatabase(
            Settings settings, List<DatabaseRole> roles, BiFunction<Database, MasterKey, T> work) {
        var data = directory(settings);
        var held = DataDirectory.tryHold(data);
        try {
            var masterKey = PlatformModule.masterKey(settings.find("UNDERSIGNED_MASTER_KEY"), data, new SecureRandom());
            var url = settings.find("DATABASE_URL");
            if (url != null) {
                var user = settings.get("DATABASE_USER", "");
                var password = settings.get("DATABASE_PASSWORD", "");
                try (var database = Database.openBeside(Config.jdbc(url), user, password, masterKey, roles)) {
                    return work.apply(database, masterKey);
                }
            }
            var absolute = data.toAbsolutePath().normalize();
            if (held.isEmpty()) {
                var running = PrivatePostgres.running(PlatformModule.privatePostgres(absolute))
                        .orElseThrow(() -> new StartupFailure("an instance is starting or stopping on " + data
                                + "; try again when it runs or has stopped"));
                try (var database = PlatformModule.openBesidePrivate(running, masterKey, roles)) {
                    return work.apply(database, masterKey);
                }
            }
            try (var postgres = PlatformModule.startPrivate(absolute, masterKey);
                    var database = PlatformModule.openBesidePrivate(postgres.url(), masterKey, roles)) {
                return work.apply(database, masterKey);
            }
        } finally {
            held.ifPresent(DataDirectory::close);
        }
    }

    private static Path directory(Settings settings) {
        return Path.of(settings.get("UNDERSIGNED_DATA", Config.SERVE_DATA));
    }
}
