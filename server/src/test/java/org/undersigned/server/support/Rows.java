package org.undersigned.server.support;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.undersigned.server.federation.Neighbour;

/// What the database of a [Town] holds, as whoever seizes it would read it.
public final class Rows {
    private final Town town;

    Rows(Town town) {
        this.town = town;
    }

    /// Of a town to which the lanterns have come, once all that they say is told.
    public static Rows ofLanterns(Town town) {
        var rows = new Rows(town);
        town.importCampaign(Lanterns.FILE);
        rows.await("SELECT 1 FROM fediverse.said WHERE campaign = 'lantern-walk'");
        return rows;
    }

    /// How many on a server follow.
    public long followers(Neighbour server) {
        return of("SELECT 1 FROM fediverse.follower WHERE inbox LIKE '" + server.base() + "/%'")
                .size();
    }

    /// The first column.
    public List<String> of(String query) {
        return town.ask(query);
    }

    /// Waits until the query finds something.
    public void await(String query) {
        for (var attempt = 0; of(query).isEmpty(); attempt++) {
            if (attempt == 600) throw new AssertionError("no row: " + query);
            Town.sleep(50);
        }
    }

    public void execute(String change) {
        try (var connection = town.database("postgres");
                var statement = connection.createStatement()) {
            statement.execute(change);
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
