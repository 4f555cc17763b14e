package org.undersigned.server;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the database of a [Town] holds, as whoever seizes it would read it.
final class Rows {
    private final Town town;

    Rows(Town town) {
        this.town = town;
    }

    /// The first column.
    List<String> of(String query) {
        try (var connection = town.database("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var all = new ArrayList<String>();
            while (rows.next()) all.add(rows.getString(1));
            return all;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits until the query finds something.
    void await(String query) {
        for (var attempt = 0; of(query).isEmpty(); attempt++) {
            if (attempt == 600) throw new AssertionError("no row: " + query);
            Town.sleep(50);
        }
    }

    void execute(String change) {
        try (var connection = town.database("postgres");
                var statement = connection.createStatement()) {
            statement.execute(change);
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
