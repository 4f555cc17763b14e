package org.undersigned.server.support;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.undersigned.server.federation.FediverseServer;

/// Reads the database of a [TestInstance] as superuser, like an attacker who has a copy of it.
public final class DatabaseRows {
    private final TestInstance instance;

    public DatabaseRows(TestInstance instance) {
        this.instance = instance;
    }

    /// Returns the number of followers whose inbox is on this server.
    public long followers(FediverseServer server) {
        return of("SELECT 1 FROM fediverse.follower WHERE inbox LIKE '" + server.base() + "/%'")
                .size();
    }

    /// Returns the first column of the result.
    public List<String> of(String query) {
        return instance.query(query);
    }

    /// Waits until the query returns a row.
    public void await(String query) {
        instance.await("rows of " + query, () -> !of(query).isEmpty());
    }

    public void execute(String change) {
        try (var connection = instance.database();
                var statement = connection.createStatement()) {
            statement.execute(change);
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
