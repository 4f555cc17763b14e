package org.undersigned.server.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.startup.StartupFailure;

/// A migrated PostgreSQL database, used through five roles that cannot read each other's schema.
public final class Database implements AutoCloseable {
    private final Map<DatabaseRole, HikariDataSource> pools = new EnumMap<>(DatabaseRole.class);

    private final LongAdder statements = new LongAdder();
    private final String url;
    private final String user;
    private final String password;
    /// True if the server belongs to this program alone.
    private final boolean isOwnServer;

    private Database(String url, String user, String password, boolean isOwnServer) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.isOwnServer = isOwnServer;
    }

    /// Checks durability, migrates the schemas, creates the roles, and opens a connection pool for each role.
    ///
    /// @param url JDBC address; its user may create schemas and roles
    /// @throws StartupFailure with one line that names the problem
    public static Database open(String url, String user, String password, MasterKey masterKey) {
        return open(url, user, password, masterKey, false);
    }

    /// Like [#open(String, String, String, MasterKey)], on a server that belongs to this program alone.
    public static Database openOwn(String url, String user, String password, MasterKey masterKey) {
        return open(url, user, password, masterKey, true);
    }

    private static Database open(String url, String user, String password, MasterKey masterKey, boolean isOwnServer) {
        var database = new Database(url, user, password, isOwnServer);
        try (var owner = DriverManager.getConnection(url, credentials(user, password))) {
            refuseUnlessDurable(owner);
            migrations(url, user, password).migrate();
            for (var role : DatabaseRole.values()) {
                var login = login(role, owner);
                var secret = masterKey.password("db/" + login);
                grant(owner, role, login, secret);
                database.pools.put(role, pool(url, login, secret, role));
            }
        } catch (SQLException e) {
            database.close();
            throw new StartupFailure("the database cannot be used: " + firstLine(e), e);
        }
        return database;
    }

    /// Opens the database for a command, with these roles only, while an instance may be running on it. A database
    /// that is already in use is not changed; a new database is opened as by [#open].
    ///
    /// @throws StartupFailure with one line that names the problem, for example another instance's master key
    public static Database openBeside(
            String url, String user, String password, MasterKey masterKey, Collection<DatabaseRole> roles) {
        var database = new Database(url, user, password, false);
        try (var owner = DriverManager.getConnection(url, credentials(user, password))) {
            if (!isInUse(owner)) return open(url, user, password, masterKey);
            if (migrations(url, user, password).info().pending().length > 0) {
                throw new StartupFailure(
                        "this database has an older version; start the instance once with this version");
            }
            for (var role : roles) {
                var login = login(role, owner);
                database.pools.put(role, pool(url, login, masterKey.password("db/" + login), role));
            }
            return database;
        } catch (HikariPool.PoolInitializationException e) {
            database.close();
            throw new StartupFailure("this database was created with another master key", e);
        } catch (SQLException e) {
            throw new StartupFailure("the database cannot be used: " + firstLine(e), e);
        }
    }

    private static boolean isInUse(Connection owner) throws SQLException {
        try (var statement = owner.createStatement();
                var rows =
                        statement.executeQuery("SELECT to_regclass('undersigned.flyway_schema_history') IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /// The login name of a role.
    private static String login(DatabaseRole role, Connection owner) throws SQLException {
        return role.schema() + "_of_" + owner.getCatalog();
    }

    private static Flyway migrations(String url, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setURL(url);
        if (!user.isEmpty()) source.setUser(user);
        if (!password.isEmpty()) source.setPassword(password);
        return Flyway.configure()
                .dataSource(source)
                .defaultSchema("undersigned")
                .locations("classpath:db/migration")
                .load();
    }

    /// Access to the database; every statement runs as `role`.
    public Jdbi as(DatabaseRole role) {
        var pool = pools.get(role);
        if (pool == null) throw new IllegalStateException("closed");
        var jdbi = Jdbi.create(pool);
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.increment();
            }
        });
        return jdbi;
    }

    /// Vacuums these tables as their owner: before version 17, PostgreSQL allows no other role to do it.
    public void vacuum(String... tables) {
        asOwner(owner -> {
            for (var table : tables) owner.execute("VACUUM " + table);
        });
    }

    /// Vacuums a table, as its owner, if rows in it were changed or deleted since the last time.
    public void vacuumIfDead(String table) {
        ifDead(table, "VACUUM ");
    }

    /// Rewrites a small table's file, as the table's owner, if rows in it were changed or deleted since the last
    /// time: otherwise their bytes stay in its pages until other rows need the space.
    public void rewriteIfDead(String table) {
        ifDead(table, "VACUUM FULL ");
    }

    private void ifDead(String table, String command) {
        asOwner(owner -> {
            try (var dead = owner.executeQuery("SELECT pg_stat_get_dead_tuples('" + table + "'::regclass) > 0")) {
                if (!dead.next() || !dead.getBoolean(1)) return;
            }
            owner.execute(command + table);
        });
    }

    /// Writes all rows of these tables into new files, as the tables' owner, in the order of a column and in one
    /// transaction for each table: the files show neither rows that are gone nor the order or the time of a change,
    /// only that it was before this. No row may refer to a row of these tables. What wants to read or write
    /// them waits; a transaction that read them before and did not lock them could then find them empty.
    public void rewriteInOrder(String column, String... tables) {
        asOwner(owner -> {
            owner.getConnection().setAutoCommit(false);
            for (var table : tables) {
                owner.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
                owner.execute("CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM " + table);
                owner.execute("TRUNCATE " + table);
                owner.execute("INSERT INTO " + table + " SELECT * FROM kept ORDER BY " + column);
                owner.getConnection().commit();
            }
        });
    }

    /// Removes from the write-ahead log what happened until now: everything is in the tables' files. Does nothing on a
    /// server that is not this program's own, where the log may be needed for a backup or a replica.
    public void removeLog() {
        if (!isOwnServer) return;
        asOwner(owner -> {
            owner.execute("SELECT pg_switch_wal()");
            owner.execute("CHECKPOINT");
        });
    }

    private interface OwnersWork {
        void run(Statement owner) throws SQLException;
    }

    private void asOwner(OwnersWork work) {
        try (var owner = DriverManager.getConnection(url, credentials(user, password));
                var statement = owner.createStatement()) {
            work.run(statement);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /// The number of SQL statements that all roles ran since this database was opened. Only the number is recorded.
    public long statements() {
        return statements.sum();
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }

    private static void refuseUnlessDurable(Connection owner) throws SQLException {
        for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            try (var statement = owner.createStatement();
                    var rows = statement.executeQuery("SHOW " + setting)) {
                rows.next();
                if (rows.getString(1).equals("off")) {
                    throw new StartupFailure("the database setting " + setting
                            + " is off: a power failure could lose accepted signatures; turn the setting on");
                }
            }
        }
    }

    private static void grant(Connection owner, DatabaseRole role, String login, String secret) throws SQLException {
        try (var statement = owner.createStatement()) {
            var name = owner.unwrap(PGConnection.class).escapeIdentifier(login);
            var literal = owner.unwrap(PGConnection.class).escapeLiteral(login);
            var known = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + literal + "'");
            if (!known.next()) statement.execute("CREATE ROLE " + name + " LOGIN");
            // The driver hashes the password here, so that no SQL statement contains it.
            owner.unwrap(PGConnection.class).alterUserPassword(login, secret.toCharArray(), "scram-sha-256");
            var schema = role.schema();
            statement.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + name);
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + name);
            statement.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + name);
        }
    }

    private static HikariDataSource pool(String url, String login, String secret, DatabaseRole role) {
        var config = new HikariConfig();
        config.setPoolName(role.schema());
        config.setJdbcUrl(url);
        config.setUsername(login);
        config.setPassword(secret);
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000); // ms; then the response is "try later"
        return new HikariDataSource(config);
    }

    private static Properties credentials(String user, String password) {
        var properties = new Properties();
        if (!user.isEmpty()) properties.setProperty("user", user);
        if (!password.isEmpty()) properties.setProperty("password", password);
        return properties;
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }
}
