package org.undersigned.server.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.FastestProvider;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.DataDirectory;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.PrivatePostgres;
import org.undersigned.server.platform.startup.StartupFailure;

/// What every part of an instance uses: master key, database, threads for cryptography, random generator and clock.
public record PlatformModule(
        MasterKey masterKey, Database database, CryptoPool crypto, SecureRandom random, Clock clock) {
    /// The operator's own PostgreSQL, in place of the private one.
    ///
    /// @param url JDBC address without credentials
    public record DatabaseServer(String url, String user, String password) {}

    /// Locks the data directory and opens the database in it, or the one on `server`.
    ///
    /// @param masterKey in base64, or null for the file in the data directory
    /// @param server    null for the private PostgreSQL in the data directory
    /// @throws StartupFailure with one line that names the problem
    public static PlatformModule open(
            Resources resources, Path data, @Nullable String masterKey, @Nullable DatabaseServer server, Clock clock) {
        var random = new SecureRandom();
        var _ = FastestProvider.install();
        var held = resources.keep(DataDirectory.hold(data));
        var key = masterKey(masterKey, held.path(), random);
        var database = resources.keep(
                server == null
                        ? openPrivate(resources, held.path(), key)
                        : Database.open(server.url(), server.user(), server.password(), key));
        return new PlatformModule(key, database, resources.keep(new CryptoPool()), random, clock);
    }

    /// Access to the database as one of its roles.
    public Jdbi as(DatabaseRole role) {
        return database.as(role);
    }

    /// The key that seals every other secret.
    ///
    /// @param given in base64, or null for the file in the data directory
    /// @throws StartupFailure if it is malformed, or if the file is missing although there is data
    public static MasterKey masterKey(@Nullable String given, Path data, SecureRandom random) {
        var file = data.resolve("master.key");
        if (given == null && !Files.exists(file) && PrivatePostgres.hasCluster(privatePostgres(data))) {
            throw new StartupFailure(
                    file + " is missing: without it nothing in " + data + " can be decrypted; put your copy there");
        }
        try {
            return given != null ? MasterKey.parse(given, random) : MasterKey.at(file, random);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupFailure("the master key cannot be used: " + e.getMessage(), e);
        }
    }

    private static Database openPrivate(Resources resources, Path data, MasterKey masterKey) {
        var postgres = resources.keep(startPrivate(data, masterKey));
        return Database.openOwn(postgres.url(), PrivatePostgres.SUPERUSER, passwordOf(masterKey), masterKey);
    }

    /// Starts the private PostgreSQL of a data directory.
    public static PrivatePostgres startPrivate(Path data, MasterKey masterKey) {
        return PrivatePostgres.start(privatePostgres(data), passwordOf(masterKey));
    }

    /// Opens the private PostgreSQL at `url` for a command, while an instance may be running on it.
    public static Database openBesidePrivate(String url, MasterKey masterKey, Collection<DatabaseRole> roles) {
        return Database.openBeside(url, PrivatePostgres.SUPERUSER, passwordOf(masterKey), masterKey, roles);
    }

    /// The folder of a data directory that holds its private PostgreSQL.
    public static Path privatePostgres(Path data) {
        return data.resolve("postgresql");
    }

    private static String passwordOf(MasterKey masterKey) {
        return masterKey.password("db/postgres");
    }
}
