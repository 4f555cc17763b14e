package org.undersigned.server.support;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.undersigned.server.federation.FediverseServer;

/// What the database of a [TestInstance] holds, as whoever seizes it would read it.
public final class DatabaseRows {
    private final TestInstance instance;

    DatabaseRows(TestInstance instance) {
        this.instance = instance;
    }

    /// Of a town to which the lanterns have come, once all that they say is told.
    public static DatabaseRows ofLanterns(TestInstance instance) {
        var rows = new DatabaseRows(instance);
        instance.importCampaign(ExampleCampaign.FILE);
        rows.await("SELECT 1 FROM fediverse.said WHERE campaign = 'lantern-walk'");
        return rows;
    }

    /// How many on a server follow.
    public long followers(FediverseServer server) {
        return of("SELECT 1 FROM fediverse.follower WHERE inbox LIKE '" + server.base() + "/%'")
                .size();
    }

    /// The first column.
    public List<String> of(String query) {
        return instance.ask(query);
    }

    /// Waits until the query finds something.
    public void await(String query) {
        for (var attempt = 0; of(query).isEmpty(); attempt++) {
            if (attempt == 600) throw new AssertionError("no row: " + query);
            TestInstance.sleep(50);
        }
    }

    public void execute(String change) {
        try (var connection = instance.database("postgres");
                var statement = connection.createStatement()) {
            statement.execute(change);
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
