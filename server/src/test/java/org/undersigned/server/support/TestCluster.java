package org.undersigned.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.PrivatePostgres;

/// The PostgreSQL cluster that all test classes of a process share. Each class gets its own database, copied from a
/// template (`CREATE DATABASE … TEMPLATE`), so that initdb, migrations and the creation of issuer keys run only
/// once. `fsync` is on, as in every instance.
///
/// Tests of crashes, of the start and of the files on the disk use their own clusters ([#linkPrograms]).
public final class TestCluster {
    private static final TestCluster SHARED = new TestCluster();

    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "of the tests";

    private final Path directory;
    private final PrivatePostgres postgres;
    private final Set<Template> made = EnumSet.noneOf(Template.class);
    private final AtomicInteger databases = new AtomicInteger();

    /// The initial content of a new database.
    public enum Template {
        /// Empty tables.
        MIGRATED,
        /// The demonstration campaign with its boxes open, under the master key of [#masterKeyFile].
        DEMONSTRATION,
        /// [#DEMONSTRATION] and the example campaign, with its boxes open and its actions announced.
        EXAMPLE;

        private String database() {
            return "template_" + name().toLowerCase(Locale.ROOT);
        }
    }

    private TestCluster() {
        try {
            directory = Files.createTempDirectory("undersigned-cluster");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            postgres = PrivatePostgres.start(directory.resolve("postgresql"), PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::remove));
    }

    /// Returns the shared cluster, which starts when a test first uses it.
    public static TestCluster shared() {
        return SHARED;
    }

    /// The master key of the templates.
    public Path masterKeyFile() {
        return directory.resolve("master.key");
    }

    /// A database in the shared cluster.
    ///
    /// @param name of the database
    /// @param url  in the form of `DATABASE_URL`, without credentials
    public record TestDatabase(String name, String url) implements AutoCloseable {
        public String user() {
            return SUPERUSER;
        }

        public String password() {
            return PASSWORD;
        }

        public String jdbcUrl() {
            return "jdbc:" + url;
        }

        /// Returns the settings with which a command or an instance uses this database.
        public Map<String, String> environment() {
            return Map.of("DATABASE_URL", url, "DATABASE_USER", user(), "DATABASE_PASSWORD", password());
        }

        /// Connects as the superuser.
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl(), SUPERUSER, PASSWORD);
        }

        /// Opens the database as the server does.
        public Database open(MasterKey key) {
            return Database.open(jdbcUrl(), SUPERUSER, PASSWORD, key);
        }

        @Override
        public void close() {
            shared().execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    /// Creates a database with the content of `template`.
    public TestDatabase database(Template template) {
        make(template);
        return copy(template, "test_" + databases.incrementAndGet());
    }

    private synchronized void make(Template template) {
        if (made.contains(template)) return;
        switch (template) {
            case MIGRATED -> {
                execute("CREATE DATABASE " + template.database());
                named(template.database()).open(key()).close();
            }
            case DEMONSTRATION -> {
                make(Template.MIGRATED);
                var database = copy(Template.MIGRATED, template.database());
                Instance.start(TestInstance.config(dataDirectory(), 0, database))
                        .close();
            }
            case EXAMPLE -> {
                make(Template.DEMONSTRATION);
                var database = copy(Template.DEMONSTRATION, template.database());
                TestInstance.fill(database, ExampleCampaign::importAndAnnounce);
            }
        }
        made.add(template);
    }

    /// Returns the master key of the templates; creates its file if it does not exist.
    public MasterKey key() {
        try {
            return MasterKey.at(masterKeyFile(), new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Creates a data directory that contains the master key of the templates.
    public Path dataDirectory() {
        try {
            var data = Files.createTempDirectory("undersigned-test");
            Files.copy(masterKeyFile(), data.resolve("master.key"), StandardCopyOption.COPY_ATTRIBUTES);
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestDatabase copy(Template template, String name) {
        execute("CREATE DATABASE " + name + " TEMPLATE " + template.database());
        return named(name);
    }

    private TestDatabase named(String name) {
        return new TestDatabase(name, postgres.url().replaceFirst("^jdbc:", "").replaceFirst("/[^/]*$", "/" + name));
    }

    private void execute(String sql) {
        try (var connection = DriverManager.getConnection(postgres.url(), SUPERUSER, PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Puts links to the unpacked PostgreSQL programs into the data directory of an instance that has not started
    /// yet, so that the instance does not unpack them again.
    public static void linkPrograms(Path data) {
        var programs = shared().directory.resolve("postgresql/programs");
        var target = data.resolve("postgresql/programs");
        try (var files = Files.walk(programs)) {
            Files.createDirectories(target.getParent());
            for (var file : files.toList()) {
                var place = target.resolve(programs.relativize(file).toString());
                if (Files.isSymbolicLink(file)) Files.createSymbolicLink(place, Files.readSymbolicLink(file));
                else if (Files.isDirectory(file)) Files.createDirectories(place);
                else Files.createLink(place, file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove() {
        postgres.close();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("could not delete " + directory);
        }
    }
}
